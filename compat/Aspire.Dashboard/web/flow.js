import { h, link, render } from './dom.js';
import { get } from './api.js';
import { decide } from './decision.js';
import { ago, colour, number } from './format.js';
import { graph } from './graph.js';
import { act, notices, ofAll, poll } from './operations.js';
import { nameOf } from './parked.js';
import { stateOf } from './resource.js';
import { t } from './texts.js';

/** Who tells whom, and how far each listener has heard: as a map, and the same as tables. */
export async function show(root, { signal }) {
  let [answers, resources] = [[], []];
  const before = new Map();
  const refresh = poll(async () => {
    [answers, resources] = await Promise.all([ofAll('lag', signal), get('/api/resources', signal)]);
    for (const { service, answer } of answers) if (answer) before.set(service, answer);
    draw();
  }, signal);

  function draw() {
    const arrows = arrowsOf(answers, before);
    const lags = new Map(answers.map(one => [one.service, one]));
    const services = [...new Set([...answers.map(one => one.service), ...arrows.map(arrow => arrow.from)])];
    render(root,
      h('h1', {}, t('nav.flow')),
      h('p', { class: 'small' }, t('flow.about')),
      notices(answers),
      services.length === 0 && h('p', { class: 'empty' }, t('operations.none')),
      services.length > 0 && h('div', { class: 'map', key: 'map' }, graph(services.map(service => node(service, lags.get(service))), arrows, t('nav.flow'))),
      services.length > 0 && h('p', { class: 'legend small', key: 'legend' }, ['good', 'warn', 'bad'].map(kind => [h('span', { class: `state ${kind}` }, t(`flow.legend.${kind}`)), ' '])),
      arrows.length > 0 && h('section', { key: 'arrows' }, h('h2', {}, t('flow.arrows')), arrowTable(arrows)),
      lags.size > 0 && h('section', { key: 'relays' }, h('h2', {}, t('flow.relays')), relayTable()));
  }

  const arrowTable = arrows => h('table', { class: 'cards dense' },
    h('thead', {}, h('tr', {}, ['source', 'listener', 'status', 'heard', 'head', 'lag', 'messages'].map(key => h('th', { scope: 'col' }, t(key))))),
    h('tbody', {}, arrows.map(arrow => h('tr', { key: `${arrow.from} ${arrow.to}`, 'data-arrow': `${arrow.from} ${arrow.to}`, class: arrow.kind === 'bad' ? 'error' : undefined },
      cell('source', who(arrow.from)),
      cell('listener', who(arrow.to)),
      cell('status', h('span', { class: `state ${arrow.kind}` }, arrow.marks.length === 0 ? t('flow.good') : arrow.marks.map((mark, place) => [place > 0 && ' · ', mark.href ? link(mark.href, {}, mark.text) : mark.text]))),
      cell('heard', number(arrow.heard)),
      cell('head', number(arrow.head)),
      cell('lag', number(arrow.behind)),
      cell('messages', arrow.types.join(', '))))));

  const relayTable = () => h('table', { class: 'cards dense' },
    h('thead', {}, h('tr', {}, ['service', 'state', 'relay', 'lastEvent', 'lag', 'actions'].map(key => h('th', { scope: 'col' }, t(key))))),
    h('tbody', {}, answers.map(({ service, answer }) => h('tr', { key: service, 'data-relay': service },
      cell('service', who(service)),
      cell('state', relayState(service, answer)),
      cell('relay', answer && number(answer.relay.position)),
      cell('lastEvent', answer && number(answer.lastEvent)),
      cell('lag', answer && number(answer.relay.behind)),
      cell('actions', answer && h('button', { onclick: () => ask(service, answer.relay.paused ? 'resume' : 'pause') }, t(answer.relay.paused ? 'relay.resume' : 'relay.pause')))))));

  function relayState(service, answer) {
    const resource = resources.find(one => one.name === service);
    if (!answer) return resource && stateOf(resource);
    const { paused } = answer.relay;
    if (isStopped(answer) && !paused) return link('/projections', { class: 'state bad' }, t('shard.paused'));
    return paused
      ? [h('span', { class: 'state warn' }, t('relay.paused', ago(new Date(paused.since)))), ' ', h('small', {}, paused.why)]
      : h('span', { class: 'state good' }, t('relay.running'));
  }

  async function ask(service, what) {
    await decide({
      title: `${service}: ${t(`relay.${what}`)}`,
      explanation: t(`relay.${what}.about`, service),
      yes: t(`relay.${what}`),
      grave: what === 'pause',
      act: body => act(service, `relay/${what}`, body),
    });
    refresh();
  }
}

const cell = (key, ...children) => h('td', { 'data-label': t(key) }, ...children);
const who = service => link(`/resources/${service}`, { class: `who ${colour(service)}` }, service);

const isStopped = ({ relay, shards }) => Boolean(shards.find(one => one.name === relay.shard)?.failure);

function node(service, known) {
  const href = `/resources/${service}`;
  if (!known) return { id: service, lines: [service], kind: 'idle', href };
  if (!known.answer) return { id: service, lines: [service, t('flow.away')], kind: 'bad', href };
  const { relay, lastEvent } = known.answer;
  return {
    id: service, href, kind: relay.paused ? 'warn' : isStopped(known.answer) ? 'bad' : 'good',
    lines: [
      service, t('flow.told', number(relay.position)), relay.behind > 0 && t('flow.of', number(lastEvent)),
      relay.paused ? t('flow.paused') : isStopped(known.answer) && t('flow.stopped'),
    ].filter(Boolean),
  };
}

/** One arrow per source and listener, with what stands in its way; those of a listener that is away as they were before. */
function arrowsOf(answers, before) {
  const paused = new Set(answers.filter(one => one.answer?.relay.paused).map(one => one.service));
  return answers.flatMap(({ service, answer, problem }) => (before.get(service)?.feeds ?? []).map(feed => {
    const marks = [
      problem && { text: t('flow.away'), kind: 'bad' },
      feed.parked > 0 && { text: t('flow.parked', feed.parked), kind: 'bad', href: '/parked' },
      feed.stalledSince && { short: t('flow.stalled'), text: t('flow.stalled.since', ago(new Date(feed.stalledSince))), kind: 'bad' },
      paused.has(feed.source) && { text: t('flow.paused'), kind: 'warn' },
      feed.behind > 0 && { text: t('flow.behind', number(feed.behind)), kind: 'warn' },
    ].filter(Boolean);
    return {
      from: feed.source, to: service, ...feed, marks,
      types: (answer ?? before.get(service)).queues.filter(queue => queue.source === feed.source).map(queue => nameOf(queue.type)),
      kind: marks[0]?.kind ?? 'good',
      lines: marks.length === 0 ? ['✓'] : marks.map(mark => mark.short ?? mark.text),
      href: marks.find(mark => mark.href)?.href,
    };
  }));
}
