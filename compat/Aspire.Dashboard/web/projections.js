import { h, link, render } from './dom.js';
import { decide } from './decision.js';
import { ago, colour, number, time } from './format.js';
import { act, ofAll, poll } from './operations.js';
import { known, t } from './texts.js';

/** What each service builds from its events: how far, how it is, and building it again. */
export async function show(root, { signal }) {
  let answers = [];
  const refresh = poll(async () => {
    answers = await ofAll('lag', signal);
    draw();
  }, signal);

  function draw() {
    render(root,
      h('h1', {}, t('nav.projections')),
      h('p', { class: 'small' }, t('projections.about')),
      answers.length === 0 && h('p', { class: 'empty' }, t('operations.none')),
      answers.map(({ service, answer, problem }) => h('section', { key: service, 'data-service': service },
        h('h2', { class: 'row' }, link(`/resources/${service}`, { class: `who ${colour(service)}` }, service),
          answer && h('small', {}, t('projections.mark', number(answer.mark), number(answer.lastEvent)))),
        problem ? h('p', { class: 'notice' }, problem.detail) : table(service, answer))));
  }

  const table = (service, lag) => h('table', { class: 'cards dense' },
    h('thead', {}, h('tr', {}, ['name', 'state', 'position', 'lag', 'shard.failure', 'rebuilt', 'actions'].map(key => h('th', { scope: 'col' }, t(key))))),
    h('tbody', {}, rowsOf(lag).map(({ name, shard, projection }) => h('tr', { key: name, 'data-projection': name, class: shard?.failure ? 'error' : undefined },
      cell('name', h('b', {}, name), ' ', h('small', {}, t(projection ? shard ? 'projections.async' : 'projections.inline' : 'projections.relay'))),
      h('td', { 'data-label': t('state'), class: 'state' }, stateOf(shard, name === lag.relay.shard && lag.relay.paused)),
      cell('position', shard && number(shard.position)),
      cell('lag', shard && number(shard.behind)),
      cell('shard.failure', shard?.failure && [h('span', { class: 'bad-text' }, shard.failure.split(' <- ').at(-1)), ' ', shard.event && h('small', {}, stoppedAt(shard.event))]),
      cell('rebuilt', projection?.rebuild && rebuildOf(projection.rebuild)),
      cell('actions', (projection || shard?.event) && h('div', { class: 'row' },
        projection && h('button', { disabled: isGoing(projection.rebuild), onclick: () => rebuild(service, name) }, t('rebuild')),
        shard?.event && h('button', { onclick: () => skip(service, shard) }, t('skip.event', number(shard.event.sequence)))))))));

  async function rebuild(service, projection) {
    await decide({
      title: `${service}: ${t('rebuild')} ${projection}`, explanation: t('rebuild.about'), yes: t('rebuild'),
      act: body => act(service, 'rebuilds', { projection, ...body }),
    });
    refresh();
  }

  async function skip(service, shard) {
    await decide({
      title: `${service}: ${t('skip.event', number(shard.event.sequence))}`, explanation: t('skip.event.about', shard.name, shard.event.type), yes: t('skip.message'), grave: true,
      act: body => act(service, `shards/${shard.name}/skip`, { sequence: shard.event.sequence, ...body }),
    });
    refresh();
  }
}

const cell = (key, ...children) => h('td', { 'data-label': t(key) }, ...children);

// A shard's name begins with its projection's; states that are kept with each append have none, the relay is no projection.
function rowsOf({ shards, projections }) {
  const rows = projections.map(projection => ({ name: projection.name, projection, shard: shards.find(shard => shard.name.split(':')[0] === projection.name) }));
  return [...shards.filter(shard => rows.every(row => row.shard !== shard)).map(shard => ({ name: shard.name, shard })), ...rows];
}

const kinds = { running: 'good', paused: 'bad', stopped: 'bad' };

function stateOf(shard, paused) {
  if (paused) return h('span', { class: 'state warn' }, t('relay.paused', ago(new Date(paused.since))));
  if (!shard) return h('span', { class: 'state good' }, t('shard.inline'));
  return h('span', { class: `state ${kinds[shard.state] ?? 'idle'}` }, known(`shard.${shard.state}`, shard.state), shard.since && shard.state !== 'running' && [' ', h('small', {}, ago(new Date(shard.since)))]);
}

const stoppedAt = event => t('stoppedAt', number(event.sequence), event.type);
const isGoing = operation => operation?.state === 'waiting' || operation?.state === 'running';

function rebuildOf(operation) {
  const { state, position, target, failure, event } = operation;
  const kind = { done: 'good', failed: 'bad' }[state] ?? 'warn';
  return [
    h('span', { class: `state ${kind}` }, t(`rebuild.${state}`)), ' ',
    isGoing(operation) && target > 0 && h('progress', { max: target, value: position, 'aria-label': t('rebuild.running') }),
    h('small', { title: time(new Date(operation.at)) }, isGoing(operation) && target > 0 ? `${number(position)} / ${number(target)}` : ago(new Date(operation.at))),
    failure && h('small', { class: 'bad-text' }, failure, event && ` ${stoppedAt(event)}`),
  ];
}
