import { h, link, render } from './dom.js';
import { get, keepFresh } from './api.js';
import { colour, dateOf, severity, time } from './format.js';
import { facts } from './facts.js';
import { current, filterBar, query } from './filters.js';
import { t } from './texts.js';

const Page = 200;

/** Log records, the newest first, with the details of one beside them. */
export async function show(root, { signal }) {
  let [sources, logs, chosen, older] = [[], [], null, []];
  const [bar, list] = [h('div', { class: 'filters' }), h('div', {})];
  root.append(h('h1', {}, t('nav.logs')), bar, list);
  const showBar = filterBar(bar, ['level'], () => sources, () => { older = []; refresh(); });

  const load = before => get(`/api/telemetry/logs?${query(current(), { limit: Page, ...before && { before } })}`, signal);
  const refresh = keepFresh(['telemetry'], async () => {
    const known = sources.length;
    [logs, sources] = await Promise.all([load(), get('/api/telemetry/sources', signal)]);
    if (sources.length !== known) showBar();
    draw();
  }, signal);

  function draw() {
    const last = logs.at(-1)?.position ?? 0;
    const all = [...logs, ...older.filter(log => log.position < last)];
    render(list, all.length === 0 ? h('p', { class: 'empty' }, t('error.none')) : h('div', { class: chosen ? 'split open' : 'split' },
      h('div', { class: 'grow' },
        h('table', { class: 'cards dense' },
          h('thead', {}, h('tr', {}, ['time', 'filter.level', 'service', 'message', 'trace'].map(key => h('th', { scope: 'col' }, t(key))))),
          h('tbody', {}, all.map(row))),
        all.length >= Page && h('button', { onclick: more }, t('more'))),
      chosen && h('aside', { 'aria-label': t('details'), key: chosen.position, onkeydown: event => event.key === 'Escape' && choose(null) },
        h('div', { class: 'row between' }, h('h2', {}, t(`level.${severity(chosen.severity)}`)), h('button', { 'aria-label': t('close'), onclick: () => choose(null) }, '×')),
        logDetails(chosen))));
  }

  const row = log => h('tr', { key: log.position, class: `${severity(log.severity)} ${log.position === chosen?.position ? 'chosen' : ''}` },
    h('td', { 'data-label': t('time') }, h('time', { title: dateOf(log.time).toISOString() }, time(dateOf(log.time)))),
    h('td', { 'data-label': t('filter.level') }, h('span', { class: `level ${severity(log.severity)}` }, t(`level.${severity(log.severity)}`))),
    h('td', { 'data-label': t('service') }, h('span', { class: `who ${colour(log.source)}` }, log.source)),
    h('td', { 'data-label': t('message'), class: 'wide' }, h('button', { class: 'plain text', onclick: () => choose(log) }, log.message || log.scope),
      log.attributes['exception.type'] && h('small', { class: 'bad-text' }, log.attributes['exception.type'])),
    h('td', { 'data-label': t('trace') }, log.traceId && link(`/traces/${log.traceId}${log.spanId ? `?span=${log.spanId}` : ''}`, {}, log.traceId.slice(0, 7))));

  function choose(log) {
    chosen = log;
    draw();
  }

  async function more() {
    const all = [...logs, ...older];
    older.push(...await load(Math.min(...all.map(log => log.position))));
    draw();
  }
}

/** Everything about a log record. */
export function logDetails(log) {
  return [
    h('p', { class: 'message' }, log.message),
    exceptionOf(log.attributes),
    facts([
      ['time', dateOf(log.time).toISOString()],
      ['service', log.source],
      ['instance', log.instance],
      ['category', log.scope],
      ['trace', log.traceId && link(`/traces/${log.traceId}${log.spanId ? `?span=${log.spanId}` : ''}`, {}, log.traceId)],
    ]),
    attributeTable(log.attributes),
  ];
}

/** An exception with its stack, if there is one. */
export function exceptionOf(attributes) {
  const type = attributes['exception.type'];
  return (type || attributes['exception.message']) && h('section', { class: 'exception' },
    h('h3', {}, `${t('exception')}: ${type ?? ''}`), h('p', {}, attributes['exception.message']),
    attributes['exception.stacktrace'] && h('pre', { tabindex: 0 }, attributes['exception.stacktrace']));
}

/** Attributes as a table. */
export function attributeTable(attributes) {
  const shown = Object.entries(attributes).filter(([name]) => !name.startsWith('exception.'));
  return shown.length > 0 && h('section', {}, h('h3', {}, t('attributes')), h('table', { class: 'pairs' }, h('tbody', {}, shown.map(([name, value]) =>
    h('tr', { key: name }, h('th', { scope: 'row' }, name), h('td', {}, h('code', {}, value)))))));
}
