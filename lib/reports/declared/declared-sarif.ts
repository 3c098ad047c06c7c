import { createHash } from 'node:crypto';
import { adviceUrl } from '../../engine/findings/advice-url.ts';
import type { Severity } from '../../model/control.ts';
import {
  type CheckResult,
  inOrder,
  type Located,
  type ReportedControl,
  sentenceOf,
} from './declared-result.ts';

/** https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'note',
};
const severityNumbers: Readonly<Record<Severity, string>> = {
  CRITICAL: '9.5',
  HIGH: '8.0',
  MEDIUM: '5.5',
  LOW: '3.0',
};
const mostResults = 25_000;
const mostTags = 20;

const ruleOf = (control: ReportedControl) => ({
  id: control.id,
  shortDescription: { text: control.title },
  fullDescription: { text: control.rationale },
  help: { text: control.remediation.advice },
  helpUri: adviceUrl(control),
  defaultConfiguration: { level: levels[control.severity] },
  properties: {
    tags: ['security', ...Object.keys(control.standards)].slice(0, mostTags),
    precision: 'very-high',
    'security-severity': severityNumbers[control.severity],
  },
});

/** The same as long as the resource and the control are, wherever the lines move. */
const fingerprintOf = ({ control, file, name, verdict }: Located): string => {
  const at = verdict.status === 'FAIL' ? verdict.evidence.map(({ path }) => path) : [];
  const text = JSON.stringify([control.id, file, name, ...at]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
};

/** A relative path as a URI has it. */
const uriOf = (file: string): string =>
  file
    .split(/[\\/]/)
    .map(encodeURIComponent)
    .join('/')
    .replace(/^(%2E|\.)\//i, '');

const resultOf = (one: Located, index: number) => {
  const { control, range, verdict, exemption, isInSource, file } = one;
  const isOpen = verdict.status === 'UNKNOWN';
  return {
    ruleId: control.id,
    ruleIndex: index,
    kind: isOpen ? 'open' : 'fail',
    level: isOpen ? 'none' : levels[control.severity],
    message: { text: `${one.construct ?? one.name}: ${sentenceOf(one)}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' },
          region: {
            startLine: range.line,
            startColumn: range.column,
            endLine: range.endLine,
            endColumn: range.endColumn,
          },
        },
      },
    ],
    partialFingerprints: { 'plumbline/v1': fingerprintOf(one) },
    ...(exemption
      ? {
          suppressions: [
            {
              kind: isInSource ? 'inSource' : 'external',
              status: 'accepted',
              justification: exemption.reason,
            },
          ],
        }
      : {}),
  };
};

/** SARIF 2.1.0, as GitHub's code scanning takes it. */
export const declaredSarif = (result: CheckResult, version: string): string => {
  const told = inOrder(
    result.located.filter(
      ({ verdict }) => verdict.status === 'FAIL' || verdict.status === 'UNKNOWN',
    ),
  ).slice(0, mostResults);
  const controls = [
    ...new Map(told.map(({ located: { control } }) => [control.id, control])).values(),
  ];
  const indexOf = new Map(controls.map(({ id }, index) => [id, index]));
  const notifications = [...result.problems, ...result.warnings].map(({ message }) => ({
    level: 'error',
    message: { text: message },
  }));
  const run = {
    tool: {
      driver: {
        name: 'Plumbline',
        semanticVersion: version,
        rules: controls.map(ruleOf),
      },
    },
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'the root of the repository' } } },
    invocations: [
      {
        executionSuccessful: result.problems.length === 0,
        toolExecutionNotifications: notifications,
      },
    ],
    automationDetails: { id: 'plumbline/' },
    columnKind: 'utf16CodeUnits',
    results: told.map(({ located, control }) => resultOf(located, indexOf.get(control.id) ?? 0)),
  };
  return JSON.stringify(
    { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] },
    undefined,
    2,
  );
};
