import { h } from './dom.js';
import { t } from './texts.js';

/** Names and values, without those that have none. */
export function facts(pairs) {
  return h('dl', {}, pairs.filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([key, value]) => [h('dt', {}, t(key)), h('dd', {}, typeof value === 'number' ? String(value) : value)]));
}
