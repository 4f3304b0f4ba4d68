import { h, render, settled } from './dom.js';
import { t } from './texts.js';

const Ranges = [5, 15, 60, 180, 720, 1440];
const Levels = { 1: 'trace', 5: 'debug', 9: 'information', 13: 'warning', 17: 'error', 21: 'critical' };

/** The filter as the address of the page says it; links carry it. */
export const current = () => new URLSearchParams(location.search);

/** The filter as the read API takes it. */
export function query(filter, extra = {}) {
  const asked = new URLSearchParams();
  for (const name of ['source', 'text', 'severity', 'failed', 'longer', 'noise']) if (filter.get(name)) asked.set(name, filter.get(name));
  for (const pair of (filter.get('attributes') ?? '').split(/\s+/)) if (pair.includes(':')) asked.append('attribute', pair);
  const range = filter.get('range');
  if (range === 'custom') {
    for (const end of ['from', 'to']) if (filter.get(end)) asked.set(end, new Date(filter.get(end)).toISOString());
  } else if (range) {
    asked.set('from', new Date(Date.now() - range * 60_000).toISOString());
  }

  for (const [name, value] of Object.entries(extra)) asked.set(name, value);
  return asked;
}

/** The one filter bar of logs and traces; `offers` says which of level, failed, longer and noise. */
export function filterBar(place, offers, sources, changed) {
  const set = (name, value) => {
    const filter = current();
    if (value) filter.set(name, value);
    else filter.delete(name);
    if (name === 'range' && value !== 'custom') ['from', 'to'].forEach(end => filter.delete(end));
    history.replaceState(null, '', `${location.pathname}${filter.size > 0 ? `?${filter}` : ''}`);
    show();
    changed();
  };
  const later = settled(set);
  const typed = name => event => later(name, event.target.value.trim());
  const chosen = name => event => set(name, event.target.value);
  const checked = name => event => set(name, event.target.checked ? 'true' : '');

  function show() {
    const filter = current();
    const value = name => filter.get(name) ?? '';
    const box = name => offers.includes(name) && h('label', {}, h('input', { type: 'checkbox', checked: value(name) === 'true', onchange: checked(name) }), t(`filter.${name}`));
    const field = (name, type) => h('label', {}, t(`filter.${name}`), h('input', { type, name, value: value(name), oninput: typed(name), min: type === 'number' ? 0 : undefined }));
    const choice = (name, options) => h('label', {}, t(`filter.${name}`), h('select', { name, value: value(name), onchange: chosen(name) },
      h('option', { value: '' }, t('all')), options.map(([key, text]) => h('option', { value: key }, text))));
    render(place,
      choice('source', [...new Set([...sources(), value('source')])].filter(Boolean).map(name => [name, name])),
      field('text', 'search'),
      field('attributes', 'search'),
      choice('range', [...Ranges.map(minutes => [String(minutes), t(`range.${minutes}`)]), ['custom', t('range.custom')]]),
      value('range') === 'custom' && [field('from', 'datetime-local'), field('to', 'datetime-local')],
      offers.includes('level') && h('label', {}, t('filter.level'), h('select', { name: 'severity', value: value('severity'), onchange: chosen('severity') },
        h('option', { value: '' }, t('all')), Object.entries(Levels).map(([key, level]) => h('option', { value: key }, t(`level.${level}`))))),
      offers.includes('longer') && field('longer', 'number'),
      box('failed'), box('noise'),
      filter.size > 0 && h('button', { onclick: () => { history.replaceState(null, '', location.pathname); show(); changed(); } }, t('filter.clear')));
  }

  show();
  return show;
}
