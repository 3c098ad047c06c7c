import type { Action } from '../../engine/remediation/action.ts';
import { differences } from '../../engine/remediation/outcome.ts';
import { type Times, timesOf } from '../../reporting/action-times.ts';
import { paint } from '../../reports/paint.ts';
import { resourceTypes } from '../../resources/every.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { clip } from '../../support/clip.ts';
import { printedJson } from '../../support/printed-json.ts';
import { actionNamed, checkActionId } from '../action-named.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { deployed, deployedOptions, deployedUsage } from '../deployed.ts';
import { differenceLines } from '../output/difference.ts';
import { askerText, callOutcomeLine, painted, undoText } from '../output/outcome-text.ts';
import { planLines } from '../output/plan-text.ts';
import { durationText } from '../output/times.ts';

/** Characters; --json shows the whole. */
const mostOfAFacet = 1000;

const usage = `Usage: plumbline action <action> [options]

Shows one action: who brought the drift about, the plan, each call, what is different since.

  <action>           its id, as the command actions lists it: pl-…
${deployedUsage}

Exit code: 0 shown, 2 it could not be looked up.
Example: plumbline action pl-0123456789abcdef0123`;

const whenLines = (
  { driftedAt, startedAt, actedAt, concludedAt, undoes }: Action,
  { toDetectSeconds, toRepairSeconds }: Times,
): readonly string[] => {
  const after = (seconds: number | undefined, what: string) =>
    seconds === undefined ? '' : `  ${durationText(seconds)} after ${what}`;
  const times: readonly (readonly [string, string | undefined, string])[] = [
    // An undo takes no drift back.
    ['failing', undoes === undefined ? driftedAt : undefined, after(toDetectSeconds, 'the event')],
    ['begun', startedAt, ''],
    ['acted', actedAt, ''],
    ['concluded', concludedAt, after(toRepairSeconds, 'it was read as failing')],
  ];
  return times.flatMap(([name, at, note]) =>
    at === undefined ? [] : [field(name, `${at}${paint.dim(note)}`)],
  );
};

/** What differs between before and after, facet by facet, apart from ids and times that AWS assigns. */
const differenceOf = ({ type: name, before = {}, after = {} }: Action): readonly string[] => {
  const type = resourceTypes.find((each) => each.type === name) ?? { facets: {} };
  const lines = differences(type, before, after).flatMap((facet) =>
    differenceLines(before[facet], after[facet], facet),
  );
  return lines.length > 0 ? lines : ['as it was before'];
};
const imageLines = (action: Action): readonly string[] => {
  const { before, after } = action;
  if (!before) return [];
  return [
    paint.bold('Before'),
    ...Object.entries(before).map(([facet, value]) => indented(`${facet}: ${shownFacet(value)}`)),
    ...(after ? [paint.bold('After'), ...differenceOf(action).map(indented)] : []),
  ];
};
const shownFacet = (value: unknown): string =>
  value === null || value === undefined ? 'not set' : clip(canonicalJson(value), mostOfAFacet);
const indented = (text: string): string => `    ${text}`;
const field = (name: string, text: string): string => `  ${paint.dim(name.padEnd(11))}${text}`;

const shown = (action: Action, times: Times): string => {
  const { id, state, guard, why, arn, type, controls, driftedBy, plan, calls, undoneBy } = action;
  const leftOut = Object.entries(action.leftOut ?? {});
  return [
    `${paint.bold(id)}  ${painted(state)}${guard ? ` by the guard ${guard}` : ''}`,
    ...(why === undefined ? [] : [field('why', why)]),
    field('resource', `${arn}  ${type}`),
    field('controls', controls.join(', ')),
    ...leftOut.map(([control, { guard: by, why: because }]) =>
      field('left out', `${control} by the guard ${by}: ${because}`),
    ),
    field('asked by', askerText(action)),
    ...(action.canary ? [field('canary', 'other hosts wait for what it achieves')] : []),
    ...(driftedBy.length > 0 ? [field('drift by', driftedBy.join(', '))] : []),
    ...whenLines(action, times),
    ...(undoneBy === undefined ? [] : [field('taken back', `by ${undoneBy}`)]),
    field('undo', undoText(action)),
    ...(plan ? [paint.bold('Plan'), ...planLines(plan)] : []),
    ...(calls.length > 0 ? [paint.bold('Calls'), ...calls.map(callOutcomeLine).map(indented)] : []),
    ...imageLines(action),
  ].join('\n');
};

export const action: Command = async (argv) => {
  const args = parsed(argv, deployedOptions, usage, 1);
  if (!args) return 0;
  const [id = ''] = args.positionals;
  checkActionId(id);
  const plumbline = await deployed(args.values);
  const found = await actionNamed(id, plumbline);
  const times = await timesOf(found, plumbline);
  console.log(args.values.json ? printedJson({ ...found, ...times }) : shown(found, times));
  return 0;
};
