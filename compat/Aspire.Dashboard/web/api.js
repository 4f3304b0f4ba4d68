import { t } from './texts.js';
import { toast } from './dialogs.js';

/** JSON of an address; a failure is an exception with words for people. */
export async function get(path, signal) {
  const answer = await fetch(path, { signal, headers: { accept: 'application/json' } });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(answer.status === 401 ? t('error.login') : `${answer.status} ${path}`);
  return answer.json();
}

/** Runs a command of a resource and says how it ended. */
export async function run(resource, command) {
  const answer = await fetch(`/api/resources/${encodeURIComponent(resource)}/commands/${encodeURIComponent(command)}`, { method: 'POST' });
  const said = await answer.json().catch(() => ({}));
  toast(said.message ?? `${answer.status}`, answer.ok ? 'good' : 'bad');
}

const listeners = new Set();
let stream;

/** Calls back when resources or telemetry have changed, until the signal ends it. */
export function onChange(kind, action, signal) {
  const listener = { kind, action };
  listeners.add(listener);
  signal?.addEventListener('abort', () => listeners.delete(listener));
}

/** Follows what changes; the browser connects again by itself. */
export function follow(connected) {
  stream ??= new EventSource('/api/changes');
  const tell = kind => listeners.forEach(listener => listener.kind === kind && listener.action());
  stream.addEventListener('resources', () => tell('resources'));
  stream.addEventListener('telemetry', () => tell('telemetry'));
  stream.onopen = () => {
    connected(true);
    // What happened while nobody listened.
    tell('resources');
    tell('telemetry');
  };
  stream.onerror = () => connected(false);
}

/** Runs an action now and again after changes: never two at once, never more often than the pace, and not while nobody looks. */
export function keepFresh(kinds, action, signal, pace = 1000) {
  let [running, again] = [false, false];
  const go = async () => {
    if (running || signal.aborted || document.hidden) {
      again = true;
      return;
    }

    [running, again] = [true, false];
    try {
      await action();
    } catch (failure) {
      if (!signal.aborted) toast(failure.message, 'bad');
    }

    setTimeout(() => {
      running = false;
      if (again) go();
    }, pace);
  };
  for (const kind of kinds) onChange(kind, go, signal);
  document.addEventListener('visibilitychange', () => !document.hidden && again && go(), { signal });
  go();
  return go;
}
