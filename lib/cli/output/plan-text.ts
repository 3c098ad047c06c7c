import { stringify } from 'yaml';
import { callName } from '../../engine/remediation/plan-text.ts';
import type { Call, Plan } from '../../model/control.ts';
import { paint } from '../../reports/paint.ts';

const mostOnALine = 110;

/** A value on one line of JSON where that is short, else as YAML, which the AWS CLI takes too. */
const valueText = (value: unknown, indent: string): string => {
  const line = JSON.stringify(value);
  if (line.length <= mostOnALine) return ` ${line}`;
  const lines = stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd();
  return lines
    .split('\n')
    .map((each) => `\n${indent}  ${each}`)
    .join('');
};

export const callLines = (calls: readonly Call[], indent: string): readonly string[] =>
  calls.map((call) => `${indent}${callName(call)}${valueText(call.input, indent)}`);

type Calls = Extract<Plan, { kind: 'calls' }>;

const undoLines = ({ undo }: Calls, indent: string): readonly string[] => {
  if ('impossible' in undo) return [`${indent}cannot be taken back: ${undo.impossible}`];
  const widens = undo.widensAccess ? ', which opens access again,' : '';
  return [`${indent}can be taken back${widens} by`, ...callLines(undo.calls, `${indent}  `)];
};

const paintOf = { safe: paint.green, disruptive: paint.yellow, destructive: paint.red } as const;

/** What a plan does, with which calls, and how it is taken back; or why it is left to a person. */
export const planLines = (plan: Plan, indent = '    '): readonly string[] => {
  if (plan.kind === 'proposal') {
    const calls = plan.calls ? [`${indent}a person could call`] : [];
    return [
      `${indent}${paint.dim('only proposed:')} ${plan.why}`,
      ...calls,
      ...callLines(plan.calls ?? [], `${indent}  `),
    ];
  }
  return [
    `${indent}${paintOf[plan.risk](plan.risk)}: ${plan.summary}`,
    ...callLines(plan.calls, `${indent}  `),
    ...undoLines(plan, indent),
  ];
};
