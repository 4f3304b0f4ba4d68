import { h, link, render } from './dom.js';
import { get, keepFresh } from './api.js';
import { colour, dateOf, duration, time } from './format.js';
import { current, filterBar, query } from './filters.js';
import { t } from './texts.js';

const Page = 100;

/** Traces, the newest first; health checks only when asked for. */
export async function show(root, { signal }) {
  let [sources, traces, older] = [[], [], []];
  const [bar, list] = [h('div', { class: 'filters' }), h('div', {})];
  root.append(h('h1', {}, t('nav.traces')), bar, list);
  const showBar = filterBar(bar, ['failed', 'longer', 'noise'], () => sources, () => { older = []; refresh(); });

  const load = before => get(`/api/telemetry/traces?${query(current(), { limit: Page, ...before && { before } })}`, signal);
  const refresh = keepFresh(['telemetry'], async () => {
    const known = sources.length;
    [traces, sources] = await Promise.all([load(), get('/api/telemetry/sources', signal)]);
    if (sources.length !== known) showBar();
    draw();
  }, signal);

  function draw() {
    const seen = new Set(traces.map(trace => trace.traceId));
    const all = [...traces, ...older.filter(trace => !seen.has(trace.traceId) && seen.add(trace.traceId))];
    const longest = Math.max(...all.map(trace => trace.duration), 1);
    render(list, all.length === 0 ? h('p', { class: 'empty' }, t('error.none')) : [
      h('table', { class: 'cards dense' },
        h('thead', {}, h('tr', {}, ['time', 'name', 'service', 'spans', 'duration'].map(key => h('th', { scope: 'col' }, t(key))))),
        h('tbody', {}, all.map(trace => row(trace, longest)))),
      all.length >= Page && h('button', { onclick: more }, t('more'))]);
  }

  const row = (trace, longest) => h('tr', { key: trace.traceId, class: trace.failures > 0 ? 'error' : undefined, 'data-trace': trace.traceId },
    h('td', { 'data-label': t('time') }, h('time', { title: dateOf(trace.start).toISOString() }, time(dateOf(trace.start)))),
    h('td', { 'data-label': t('name'), class: 'wide' }, link(`/traces/${trace.traceId}`, {}, nameOf(trace)),
      trace.failures > 0 && h('span', { class: 'badge bad' }, `${t('failures')} ${trace.failures}`)),
    h('td', { 'data-label': t('service') }, inOrder(trace).map(source => [h('span', { class: `who ${colour(source)}` }, source), ' '])),
    h('td', { 'data-label': t('spans') }, String(trace.spans)),
    h('td', { 'data-label': t('duration') }, h('span', { class: 'bar', style: { '--share': `${100 * trace.duration / longest}%` } }, duration(trace.duration))));

  async function more() {
    older.push(...await load([...traces, ...older].at(-1).start));
    draw();
  }
}

// Where it began, then where it went.
const inOrder = trace => [...new Set([trace.source, ...trace.sources.toSorted()])].filter(Boolean);

// A gateway's catch-all route says nothing: what it passed the request on to does.
const nameOf = trace => (trace.name?.includes('{*') && trace.entry) || (trace.name ?? trace.traceId.slice(0, 7));
