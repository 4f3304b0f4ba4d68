import { language } from './texts.js';

const Million = 1e6;

/** A time of telemetry (nanoseconds) as a date. */
export const dateOf = nanoseconds => new Date(nanoseconds / Million);

const pad = (number, digits = 2) => String(number).padStart(digits, '0');

/** 09:41:07.123, with the day when it is not today's. */
export function time(date) {
  const clock = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`;
  return date.toDateString() === new Date().toDateString() ? clock : `${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${clock}`;
}

/** How long, in the unit people would choose. */
export function duration(nanoseconds) {
  if (nanoseconds < 1e3) return `${nanoseconds} ns`;
  if (nanoseconds < Million) return `${round(nanoseconds / 1e3)} µs`;
  if (nanoseconds < 1e9) return `${round(nanoseconds / Million)} ms`;
  if (nanoseconds < 60e9) return `${round(nanoseconds / 1e9)} s`;
  return `${Math.floor(nanoseconds / 60e9)} min ${Math.round((nanoseconds % 60e9) / 1e9)} s`;
}

/** How long ago, in words. */
export function ago(date) {
  const seconds = Math.round((date - Date.now()) / 1000);
  const words = new Intl.RelativeTimeFormat(language(), { numeric: 'auto', style: 'short' });
  const [size, unit] = [[86400, 'day'], [3600, 'hour'], [60, 'minute'], [1, 'second']].find(([size]) => Math.abs(seconds) >= size) ?? [1, 'second'];
  return words.format(Math.trunc(seconds / size), unit);
}

/** A number with three significant digits at most after large parts. */
export const round = number => Math.abs(number) >= 100 ? Math.round(number) : Number(number.toPrecision(3));

const Hues = 12;
const hues = new Map();

/** Gives resources their colours, those with addresses first: each one of its own while there are enough, and the same on every page. */
export function giveColours(resources) {
  const whole = resources.filter(one => !one.hidden && !one.parent);
  for (const one of [...whole.filter(one => one.endpoints.length > 0), ...whole]) if (!hues.has(one.name)) hues.set(one.name, hues.size % Hues);
}

/** The colour of a service: one of the twelve in the style sheet. Who is no resource has one by its name. */
export const colour = (name = '') => `hue-${hues.get(name) ?? [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 0) % Hues}`;

// The larger units of those that instruments are counted in, each with how many of the smallest it has.
const Units = { s: [['µs', 1e-6], ['ms', 1e-3], ['s', 1], ['min', 60]], By: [['B', 1], ['kB', 1e3], ['MB', 1e6], ['GB', 1e9]] };

/** The unit in which people would read values up to the highest, and how many of an instrument's own unit (UCUM) it has. */
export function unitOf(own, highest) {
  const [steps, base] = own === 'ms' ? [Units.s, 1e-3] : [Units[own], 1];
  if (!steps) return { name: own === '1' || own === 'ea' ? '' : own.replace(/[{}]/g, ''), size: 1 };
  const [name, size] = steps.findLast(([, size]) => highest * base >= size) ?? steps[0];
  return { name, size: size / base };
}

/** The words of a severity as OTLP numbers it. */
export const severity = number => number >= 21 ? 'critical' : number >= 17 ? 'error' : number >= 13 ? 'warning' : number >= 9 ? 'information' : number >= 5 ? 'debug' : 'trace';

/** A whole number with its thousands apart. */
export const number = value => value.toLocaleString(language() === 'zh' ? 'zh-CN' : 'en');
