import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { adviceUrl } from '../../engine/findings/advice-url.ts';
import type { Severity } from '../../model/control.ts';
import { clip } from '../../support/clip.ts';
import { plural } from '../../support/plural.ts';
import { printedJson } from '../../support/printed-json.ts';
import { fingerprintOf } from './declared-fingerprint.ts';
import {
  type CheckResult,
  inOrder,
  type Located,
  type ReportedControl,
  sentenceOf,
  sourcePlaceOf,
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
/** More than these are refused, or left out, as GitHub says of its limits; it shows the gravest 5,000 results. */
const mostResults = 25_000;
const mostTags = 10;
/** Not said by GitHub: a sentence of this length is read by nobody. */
const mostSaid = 1000;

const informationUri =
  'https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html';

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

/** Within the repository a relative path; a file that is elsewhere GitHub cannot show. */
const artifactOf = (file: string) => {
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href };
  const uri = file.split(/[\\/]/).map(encodeURIComponent).join('/').replace(/^\.\//, '');
  return { uri, uriBaseId: '%SRCROOT%' };
};

const resultOf = (one: Located, index: number) => {
  const { control, verdict, exemption, isInSource } = one;
  const { file, line, column, endLine, endColumn } = sourcePlaceOf(one);
  const isOpen = verdict.status === 'UNKNOWN';
  return {
    ruleId: control.id,
    ruleIndex: index,
    kind: isOpen ? 'open' : 'fail',
    level: isOpen ? 'none' : levels[control.severity],
    message: { text: clip(`${one.construct ?? one.name}: ${sentenceOf(one)}`, mostSaid) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactOf(file),
          region: { startLine: line, startColumn: column, endLine, endColumn },
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

const notification = (level: 'error' | 'warning', message: string) => ({
  level,
  message: { text: message },
});

/** SARIF 2.1.0, as GitHub's code scanning takes it. */
export const declaredSarif = (result: CheckResult, version: string): string => {
  const all = inOrder(
    result.located.filter(
      ({ verdict }) => verdict.status === 'FAIL' || verdict.status === 'UNKNOWN',
    ),
  );
  const told = all.slice(0, mostResults);
  const controls = [
    ...new Map(told.map(({ located: { control } }) => [control.id, control])).values(),
  ];
  const indexOf = new Map(controls.map(({ id }, index) => [id, index]));
  const leftOut = all.length - told.length;
  const notifications = [
    ...result.problems.map(({ message }) => notification('error', message)),
    ...result.warnings.map(({ message }) => notification('warning', message)),
    ...(leftOut > 0 ? [notification('error', `${plural(leftOut, 'result')} left out`)] : []),
  ];
  const run = {
    tool: {
      driver: {
        name: 'Plumbline',
        semanticVersion: version,
        informationUri,
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
  return printedJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  });
};
