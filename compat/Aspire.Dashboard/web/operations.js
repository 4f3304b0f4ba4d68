import { keepFresh } from './api.js';
import { h, link } from './dom.js';
import { language, t } from './texts.js';

const Pace = 2000;

async function ask(path, signal, more = {}) {
  const answer = await fetch(path, { signal, ...more, headers: { accept: 'application/json', 'accept-language': language(), ...more.headers } });
  const said = await answer.json().catch(() => null);
  if (answer.ok) return said;
  throw Object.assign(new Error(answer.status === 401 ? t('error.login') : said?.detail ?? `${answer.status} ${path}`), { status: answer.status });
}

/** The same question to every service that offers operations: { service, answer } or { service, problem } of each. */
export const ofAll = (path, signal) => {
  const [what, query] = path.split('?');
  return ask(`/api/operations?of=${encodeURIComponent(what)}${query ? `&${query}` : ''}`, signal).catch(failure => {
    // An application without operations.
    if (failure.status === 404) return [];
    throw failure;
  });
};

const at = (service, path) => `/api/operations/${encodeURIComponent(service)}/${path.split('/').map(encodeURIComponent).join('/')}`;

/** What one service says. */
export const ofOne = (service, path, signal) => ask(at(service, path), signal);

/** Does something at a service; the answer is what stands in its log, a refusal is an exception with words for people. */
export const act = (service, path, body) => ask(at(service, path), undefined, {
  method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' },
});

/** What no change is told of is asked for again and again, while somebody looks. */
export function poll(action, signal, pace = Pace) {
  const go = keepFresh([], action, signal, pace / 2);
  const timer = setInterval(go, pace);
  signal.addEventListener('abort', () => clearInterval(timer));
  return go;
}

/** A text of a service in the language of the page. */
export const inWords = text => typeof text === 'string' ? text : text?.[language()] ?? '';

/** Every item of what all services answered, with the service's name. */
export const itemsOf = answers => answers.flatMap(({ service, answer }) => (answer?.items ?? []).map(item => ({ ...item, service })));

/** The services that could not answer, with why. */
export const notices = answers => answers.filter(({ problem }) => problem).map(({ service, problem }) =>
  h('p', { class: 'notice', key: `away ${service}` }, link(`/resources/${service}`, {}, service), `: ${problem.detail}`));
