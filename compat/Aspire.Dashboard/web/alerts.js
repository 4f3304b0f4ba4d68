import { h, link, render } from './dom.js';
import { get, keepFresh } from './api.js';
import { t } from './texts.js';

const Minutes = 15;
const Share = 0.05;
const Fewest = 5;

/** The alerts by rule: what has failed, what is unhealthy, where too many requests fail. */
export function alertsOf(resources, problems) {
  const found = [];
  for (const resource of resources) {
    const href = `/resources/${resource.name}`;
    if (resource.state === 'FailedToStart' || (resource.exitCode && resource.state === 'Exited')) {
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

  return found;
}

/** What went wrong lately, by service. */
export const problemsOf = signal => get(`/api/telemetry/problems?minutes=${Minutes}`, signal);

/** Keeps the badge in the header true. */
export function showAlerts(place, signal) {
  return keepFresh(['resources', 'telemetry'], async () => {
    const [resources, problems] = await Promise.all([get('/api/resources', signal), problemsOf(signal)]);
    const alerts = alertsOf(resources, problems);
    render(place, alerts.length === 0
      ? h('span', { class: 'badge good', title: t('alerts.none') }, '✓')
      : h('details', { class: 'menu' },
        h('summary', { class: 'badge bad', 'aria-label': `${t('alerts')}: ${alerts.length}` }, `${t('alerts')} ${alerts.length}`),
        h('ul', {}, alerts.map(alert => h('li', { key: alert.key }, link(alert.href, {}, alert.text))))));
  }, signal, 3000);
}
