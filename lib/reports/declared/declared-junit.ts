import { commandAnywhere } from '../../support/harmless.ts';
import {
  type CheckResult,
  inOrder,
  isOpenFailure,
  type Located,
  sentenceOf,
} from './declared-result.ts';

const escaped = (text: string): string =>
  text
    // XML 1.0 has no way to write most control characters.
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // As they are they would be blanks of an attribute, and could begin a command in the log of a pipeline.
    .replace(/[\t\n\r]/g, (one) => `&#${one.charCodeAt(0)};`)
    .replace(commandAnywhere, '&#35;#');

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');

const caseOf = (one: Located): string => {
  const { control, resourceType, file, range, verdict, exemption } = one;
  const name = attributes({
    classname: `${resourceType}.${one.name}`,
    name: `${control.id} ${control.title}`,
    file,
    line: range.line,
  });
  const message = attributes({ message: sentenceOf(one) });
  if (isOpenFailure(one))
    return `    <testcase${name}><failure${message}${attributes({ type: control.severity })}>${escaped(`${file}:${range.line}:${range.column}`)}</failure></testcase>`;
  if (verdict.status === 'PASS') return `    <testcase${name}/>`;
  const why = exemption ? attributes({ message: `exempted: ${exemption.reason}` }) : message;
  return `    <testcase${name}><skipped${why}/></testcase>`;
};

/** JUnit's XML: a suite a file, a case a control on a resource; what is unknown or exempted is skipped. */
export const declaredJunit = ({ located, problems }: CheckResult): string => {
  const all = inOrder(located.filter(({ verdict }) => verdict.status !== 'NOT_APPLICABLE'));
  const files = new Map<string, Located[]>();
  for (const one of all)
    files.set(one.located.file, [...(files.get(one.located.file) ?? []), one.located]);
  const suites = [...files].map(([file, cases]) => {
    const failures = cases.filter(isOpenFailure).length;
    const skipped = cases.filter(
      (one) => !isOpenFailure(one) && one.verdict.status !== 'PASS',
    ).length;
    const head = attributes({ name: file, tests: cases.length, failures, skipped, errors: 0 });
    return `  <testsuite${head}>\n${cases.map(caseOf).join('\n')}\n  </testsuite>`;
  });
  const broken = problems.map(
    ({ file, message }) =>
      `  <testsuite${attributes({ name: file, tests: 1, failures: 0, skipped: 0, errors: 1 })}>\n    <testcase${attributes({ classname: file, name: 'is read' })}><error${attributes({ message })}/></testcase>\n  </testsuite>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="plumbline check">\n${[...suites, ...broken].join('\n')}\n</testsuites>`;
};
