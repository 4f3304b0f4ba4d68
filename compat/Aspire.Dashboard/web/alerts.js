import { h, link, render } from './dom.js';
import { get, keepFresh } from './api.js';
import { addressOf, nameOf, parkedOf } from './parked.js';
import { t } from './texts.js';

const Minutes = 15;
const Share = 0.05;
const Fewest = 5;
const Fresh = 60;
const LostKinds = ['spans', 'logs', 'points'];

// Rules on what services measure. Gauges count while they are told; totals by what was added lately.
const rules = [
  { name: 'marten.shard.lag', text: 'alert.lag', value: latest => isFresh(latest) ? latest.value : 0, limit: 1000 },
  { name: 'marten.shard.paused', text: 'alert.paused', value: latest => isFresh(latest) ? latest.value : 0, limit: 0 },
];
const Parked = 'expo.messaging.waiting';
const isFresh = latest => Date.now() / 1000 - latest.time / 1e9 < Fresh;

/** The alerts by rule: what has failed, what is unhealthy, where too many requests fail, what is behind or parked. */
function alertsOf(resources, problems, measured) {
  const found = [];
  for (const resource of resources) {
    const href = `/resources/${resource.name}`;
    if (resource.state === 'FailedToStart' || (resource.exitCode && ['Exited', 'Restarting'].includes(resource.state))) {
      found.push({ key: `failed ${resource.name}`, href, text: t('alert.failed', resource.name, resource.exitCode ?? t(`state.${resource.state}`)) });
    } else if (resource.health === 'Unhealthy' && resource.healthReports.some(report => report.lastRun)) {
      found.push({ key: `health ${resource.name}`, href, text: t('alert.health', resource.name) });
    }
  }

  for (const { source, traces, failedTraces } of problems) {
    if (failedTraces >= Fewest && failedTraces / traces > Share) {
      const text = t('alert.errors', source, Math.round(100 * failedTraces / traces), traces);
      found.push({ key: `errors ${source}`, href: `/traces?source=${encodeURIComponent(source)}&failed=true&range=${Minutes}`, text });
    }
  }

  for (const rule of rules) {
    for (const latest of measured.filter(one => one.name === rule.name && rule.value(one) > rule.limit)) {
      const text = t(rule.text, latest.source, Math.round(rule.value(latest)), latest.dimensions);
      found.push({ key: `${rule.name} ${latest.instrument} ${latest.dimensions}`, href: `/metrics/${latest.instrument}`, text });
    }
  }

  return found;
}

// One alert for each message that has to be decided on: it leads there.
async function parkedAlerts(measured, signal) {
  if (!measured.some(one => one.name === Parked && isFresh(one) && one.value > 0)) return [];
  const { firsts } = await parkedOf(signal);
  return firsts.filter(one => one.status === 'parked').map(one => (
    { key: `parked ${one.id}`, href: addressOf(one), text: t(one.behind > 0 ? 'alert.parked.many' : 'alert.parked', one.service, nameOf(one.type), one.behind) }));
}

// What is not stored is missed when it is looked for: that must be known before.
function lostAlerts(state) {
  const lost = LostKinds.map(kind => state[kind]).filter(one => one.lost && Date.now() - new Date(one.lost) < Minutes * 60_000);
  const sum = what => lost.reduce((total, one) => total + one[what], 0);
  return lost.length === 0 ? [] : [{ key: 'lost', text: t('alert.lost', sum('dropped'), sum('refused')) }];
}

/** What went wrong lately, by service. */
export const problemsOf = signal => get(`/api/telemetry/problems?minutes=${Minutes}`, signal);

/** Keeps the badge in the header true. */
export function showAlerts(place, signal) {
  return keepFresh(['resources', 'telemetry'], async () => {
    const measures = `/api/telemetry/latest?minutes=${Minutes}&${[Parked, ...rules.map(rule => rule.name)].map(name => `name=${name}`).join('&')}`;
    const [resources, problems, measured, state] = await Promise.all([
      get('/api/resources', signal), problemsOf(signal), get(measures, signal), get('/api/telemetry/state', signal)]);
    const alerts = [...await parkedAlerts(measured, signal), ...alertsOf(resources, problems, measured), ...lostAlerts(state)];
    render(place, alerts.length === 0
      ? h('span', { class: 'badge good', title: t('alerts.none') }, '✓')
      : h('details', { class: 'menu' },
        h('summary', { class: 'badge bad', 'aria-label': `${t('alerts')}: ${alerts.length}` }, `${t('alerts')} ${alerts.length}`),
        h('ul', {}, alerts.map(alert => h('li', { key: alert.key }, alert.href ? link(alert.href, {}, alert.text) : alert.text)))));
  }, signal, 3000);
}
