import { h, link, render } from './dom.js';
import { get } from './api.js';
import { decide, decisionsOf } from './decision.js';
import { facts } from './facts.js';
import { ago, colour, dateOf, time } from './format.js';
import { act, itemsOf, notices, ofAll, ofOne, poll } from './operations.js';
import { known, t } from './texts.js';

const Most = 200;
const Attribute = 'expo.parked_message';
let [chosen, refresh] = ['', () => {}];

/** A message's place among the pages: services keep their own. */
export const addressOf = parked => `/parked/${parked.service}:${parked.id}`;

/** What is parked everywhere, the first of each stream with those that wait behind it counted. */
export const parkedOf = async signal => {
  const answers = await ofAll(`parked-messages?limit=${Most}`, signal);
  const streams = Map.groupBy(itemsOf(answers), parked => `${parked.service} ${parked.queue} ${parked.stream}`);
  const firsts = [...streams.values()].map(stream => {
    const [first, ...behind] = stream.sort((one, other) => one.position - other.position);
    return { ...first, behind: behind.length };
  });
  return { answers, firsts: firsts.sort((one, other) => new Date(one.at) - new Date(other.at)) };
};

/** The messages that were put aside in a trace, as links. */
export const parkedIn = spans => spans.filter(span => span.attributes[Attribute]).map(span =>
  h('p', { class: 'notice', key: `parked ${span.spanId}` }, t('trace.parked', span.source), ' ',
    link(addressOf({ service: span.source, id: span.attributes[Attribute] }), {}, t('trace.parked.open'))));

/** The last part of a type's name. */
export const nameOf = type => type.split(/[.:]/).at(-1);

/** Parked messages of all services, with one of them and what can be done beside the list. */
export async function show(root, { id, signal, go }) {
  chosen = id;
  let [list, one] = [null, null];

  refresh = poll(async () => {
    const wanted = chosen;
    const read = await Promise.all([parkedOf(signal), wanted && details(wanted, signal)]);
    // Somebody chose another one meanwhile.
    if (wanted !== chosen) return refresh();
    [list, one] = read;
    draw();
  }, signal);

  function draw() {
    render(root,
      h('h1', {}, t('nav.parked')),
      h('p', { class: 'small' }, t('parked.about')),
      notices(list.answers),
      h('div', { class: one ? 'split open' : 'split' }, h('div', { class: 'grow' }, table()), one && pane()));
  }

  function table() {
    if (list.answers.length === 0) return h('p', { class: 'empty' }, t('operations.none'));
    if (list.firsts.length === 0) return h('p', { class: 'empty all-good' }, h('span', { class: 'state good' }, t('parked.none')));
    return h('table', { class: 'cards' },
      h('thead', {}, h('tr', {}, ['message', 'listener', 'status', 'reason', 'parked.at', 'behind'].map(key => h('th', { scope: 'col' }, t(key))))),
      h('tbody', {}, list.firsts.map(parked => h('tr', {
        key: parked.id, 'data-parked': parked.id, class: ['error', chosen.endsWith(parked.id) && 'chosen'].filter(Boolean).join(' '),
      },
      cell('message', link(addressOf(parked), {}, nameOf(parked.type)), h('small', {}, t('from', parked.source, parked.position))),
      cell('listener', h('span', { class: `who ${colour(parked.service)}` }, parked.service), h('small', {}, parked.queue)),
      h('td', { 'data-label': t('status'), class: 'state' }, stateOf(parked)),
      cell('reason', h('span', { class: 'reason-text' }, reasonOf(parked.reason)), h('small', {}, t('attempts', parked.attempts))),
      cell('parked.at', h('time', { title: time(new Date(parked.at)) }, ago(new Date(parked.at)))),
      cell('behind', parked.behind > 0 && String(parked.behind))))));
  }

  function pane() {
    const { parked, behind, log, traces, problem } = one;
    const close = link('/parked', { class: 'button', 'aria-label': t('close') }, '×');
    if (problem) {
      return h('aside', { 'aria-label': t('details'), key: chosen }, h('div', { class: 'row between' }, h('h2', {}, t('message')), close), h('p', { class: 'notice' }, problem));
    }

    const decided = parked.status === 'handled' || parked.status === 'skipped';
    return h('aside', { 'aria-label': t('details'), key: chosen, onkeydown: event => event.key === 'Escape' && go('/parked') },
      h('div', { class: 'row between' }, h('h2', {}, nameOf(parked.type)), close),
      h('p', {}, stateOf(parked), ' ', h('small', {}, t(`parked.${parked.status}.about`))),
      !decided && h('div', { class: 'row' },
        h('button', { class: 'primary', disabled: parked.status === 'behind', onclick: () => ask('retry') }, t('retry')),
        h('button', { disabled: parked.status === 'behind', onclick: () => ask('skip') }, t('skip.message'))),
      h('section', { class: decided ? undefined : 'exception', key: 'reason' }, h('h3', {}, t('reason')), h('p', {}, reasonOf(parked.reason)), h('small', {}, t('attempts', parked.attempts))),
      traces.length > 0 && h('section', { key: 'traces' }, h('h3', {}, t('parked.traces')), h('ul', { class: 'lines' }, traces.map(span =>
        h('li', { key: span.spanId }, link(`/traces/${span.traceId}`, {}, `${time(dateOf(span.start))} ${span.name}`))))),
      behind.length > 0 && h('section', { key: 'behind' }, h('h3', {}, `${t('behind')} (${behind.length})`), h('ul', { class: 'lines' }, behind.map(next =>
        h('li', { key: next.id }, nameOf(next.type), h('small', {}, ` ${t('from', next.source, next.position)}`))))),
      log.length > 0 && h('section', { key: 'log' }, h('h3', {}, t('nav.operations')), decisionsOf(log)),
      facts([
        ['listener', parked.service],
        ['queue', parked.queue],
        ['source', parked.source],
        ['position', parked.position],
        ['version', parked.version],
        ['stream', parked.stream],
        ['edition', parked.edition],
        ['parked.at', time(new Date(parked.at))],
        ['messageId', parked.messageId],
        ['type', parked.type],
      ]));
  }

  async function ask(what) {
    const { parked } = one;
    const key = what === 'skip' ? 'skip.message' : 'retry';
    await decide({
      title: `${t(key)}: ${nameOf(parked.type)}`,
      explanation: t(one.behind.length > 0 ? `${what}.about.many` : `${what}.about`, parked.source, one.behind.length),
      yes: t(key),
      grave: what === 'skip',
      act: body => act(parked.service, `parked-messages/${parked.id}/${what}`, body),
    });
    refresh();
  }
}

/** Another message, or none. */
export const move = id => {
  chosen = id;
  refresh();
};

async function details(place, signal) {
  const [service, id] = place.split(/:(.*)/);
  try {
    const [{ message, behind }, log, traces] = await Promise.all([
      ofOne(service, `parked-messages/${id}`, signal),
      ofOne(service, 'log', signal),
      get(`/api/telemetry/spans?attribute=${Attribute}:${id}&limit=5`, signal),
    ]);
    return { parked: { ...message, service }, behind, log: log.items.filter(operation => operation.subject === id), traces };
  } catch (failure) {
    if (signal.aborted) throw failure;
    return { problem: failure.message };
  }
}

const cell = (key, ...children) => h('td', { 'data-label': t(key) }, ...children);

const kinds = { parked: 'bad', behind: 'warn', retrying: 'warn', handled: 'good', skipped: 'idle' };
const stateOf = parked => h('span', { class: `state ${kinds[parked.status] ?? 'idle'}`, 'data-status': parked.status }, known(`parked.${parked.status}`, parked.status));

// "Outer <- Inner": the innermost is the cause.
function reasonOf(reason) {
  const [outer, ...inner] = reason.split(' <- ');
  return inner.length === 0 ? outer : [h('b', {}, inner.at(-1)), ' ', h('small', {}, [outer, ...inner.slice(0, -1)].join(' ← '))];
}
