import { h, render, settled } from './dom.js';
import { t } from './texts.js';

const Ranges = [1, 5, 15, 60, 180, 720, 1440];
export const Recent = 5;
const Levels = { 1: 'trace', 5: 'debug', 9: 'information', 13: 'warning', 17: 'error', 21: 'critical' };

/** The filter as the address of the page says it; links carry it. */
export const current = () => new URLSearchParams(location.search);

/** The attributes that are asked for, each as [name, value]; a value with spaces is quoted: name:"a value". */
export const attributesOf = filter => [...(filter.get('attributes') ?? '').matchAll(/([^\s:]+):("([^"]*)"|\S+)/g)].map(([, name, plain, quoted]) => [name, quoted ?? plain]);

/** The time that is asked for, as dates; an end that is open is missing. */
export function timeOf(filter) {
  const range = filter.get('range');
  const date = end => filter.get(end) ? new Date(filter.get(end)) : undefined;
  return range === 'custom' ? { from: date('from'), to: date('to') } : range ? { from: new Date(Date.now() - range * 60_000) } : {};
}

/** The filter as the read API takes it. */
export function query(filter, extra = {}) {
  const asked = new URLSearchParams();
  for (const name of ['source', 'text', 'severity', 'failed', 'longer', 'noise']) if (filter.get(name)) asked.set(name, filter.get(name));
  for (const pair of attributesOf(filter)) asked.append('attribute', pair.join(':'));
  for (const [end, date] of Object.entries(timeOf(filter))) if (date) asked.set(end, date.toISOString());
  for (const [name, value] of Object.entries(extra)) asked.set(name, value);
  return asked;
}

/** The one filter bar of logs, traces and metrics; `offers` says which of level, failed, longer and noise; `recent` that no time means the last five minutes. */
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
  const recent = offers.includes('recent');
  const later = settled(set);
  const typed = name => event => later(name, event.target.value.trim());
  const chosen = name => event => set(name, event.target.value);
  const checked = name => event => set(name, event.target.checked ? 'true' : '');

  function show() {
    const filter = current();
    const value = name => filter.get(name) ?? '';
    const box = name => offers.includes(name) && h('label', {}, h('input', { type: 'checkbox', checked: value(name) === 'true', onchange: checked(name) }), t(`filter.${name}`));
    const field = (name, type) => h('label', {}, t(`filter.${name}`), h('input', { type, name, value: value(name), oninput: typed(name), min: type === 'number' ? 0 : undefined }));
    const choice = (name, options, otherwise = t('all')) => h('label', {}, t(`filter.${name}`), h('select', { name, value: value(name), onchange: chosen(name) },
      h('option', { value: '' }, otherwise), options.map(([key, text]) => h('option', { value: key }, text))));
    render(place,
      choice('source', [...new Set([...sources(), value('source')])].filter(Boolean).map(name => [name, name])),
      field('text', 'search'),
      field('attributes', 'search'),
      choice('range', [...Ranges.filter(minutes => !recent || minutes !== Recent).map(minutes => [String(minutes), t(`range.${minutes}`)]), ['custom', t('range.custom')]],
        recent ? t(`range.${Recent}`) : undefined),
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
