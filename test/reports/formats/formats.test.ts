import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { markdownText } from '../../../lib/reports/formats/markdown.ts';
import { visible } from '../../../lib/reports/formats/visible.ts';
import { exemption, result } from '../compliance/sample.ts';
import {
  reportCsv,
  reportJson,
  reportMarkdown,
  reportOcsf,
  reportOcsfDetection,
} from './rendered.ts';
import { hostile, hostileReport, reportFrom } from './sample-report.ts';

const report = reportFrom([
  result(),
  result({ id: 'site', arn: 'arn:aws:s3:::site', exemption }),
  result({ id: 'dark', arn: 'arn:aws:s3:::dark', status: 'UNKNOWN', reason: 'denied' }),
]);

/** RFC 4180, read by a second hand. */
const parseCsv = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const one = text[at] ?? '';
    if (quoted && one === '"' && text[at + 1] === '"') at += 1;
    else if (one === '"') {
      quoted = !quoted;
      continue;
    }
    if (!quoted && (one === ',' || one === '\r')) {
      rows.at(-1)?.push(cell);
      cell = '';
      if (one === '\r') {
        rows.push([]);
        at += 1;
      }
    } else cell += one;
  }
  return rows.slice(0, -1);
};

describe('CSV', () => {
  const rows = parseCsv(reportCsv(report));
  const [head = [], ...body] = rows;
  const cell = (row: readonly string[], name: string) => row[head.indexOf(name)];

  it('has as many cells in each line as columns', () => {
    expect(rows.filter((row) => row.length !== head.length)).toEqual([]);
  });
  it('has a line for each requirement, control and resource that is not right', () => {
    expect(
      body.map((row) =>
        ['requirement', 'requirement_status', 'control', 'result', 'resource'].map((name) =>
          cell(row, name),
        ),
      ),
    ).toEqual([
      ['1.1', 'FAILED', 'S3.8', '', ''],
      ['1.1', 'FAILED', 'S3.8', 'FAIL', 'arn:aws:s3:::invoices'],
      ['1.1', 'FAILED', 'S3.8', 'EXEMPTED', 'arn:aws:s3:::site'],
      ['1.1', 'FAILED', 'S3.8', 'UNKNOWN', 'arn:aws:s3:::dark'],
      ['1.2', 'MANUAL', '', '', ''],
      ['1.3', 'NOT_YET', '', '', ''],
    ]);
    const [counts, failure, exempted] = body;
    expect([cell(counts ?? [], 'passed'), cell(counts ?? [], 'failed')]).toEqual(['7', '1']);
    expect(cell(failure ?? [], 'evaluated_at')).toBe('2026-11-30T08:00:00.000Z');
    expect(cell(exempted ?? [], 'exempted_by')).toBe('web team');
  });
  it('gives a spreadsheet no formula, no escape and no line of somebody else', () => {
    const text = reportCsv(hostileReport());
    const rows = parseCsv(text);
    const cells = rows.flat();
    expect(cells.filter((one) => /^[=+\-@\t\r]/.test(one))).toEqual([]);
    expect(cells.some((one) => one.startsWith("'=HYPERLINK"))).toBe(true);
    expect(text).not.toMatch(/[^\P{Cc}\r\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(Math.max(...cells.map((one) => one.length))).toBeLessThan(32_767);
    expect(rows.filter((row) => row.length !== head.length)).toEqual([]);
  });
});

describe('OCSF', () => {
  const ajv = new Ajv({ allErrors: true, strict: false });
  const schemaIn = (file: string) =>
    ajv.compile(JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')));
  const holds = schemaIn('compliance-finding-1.5.0.schema.json');
  const holdsDetection = schemaIn('detection-finding-1.5.0.schema.json');
  const errorsIn = (text: string, by = holds) =>
    JSON.parse(text).flatMap((finding: unknown) =>
      by(finding)
        ? []
        : (by.errors ?? []).map(({ instancePath, message, params }) => [
            instancePath,
            message,
            params,
          ]),
    );

  it('holds to the schema of Compliance Finding, whatever is in it', () => {
    expect(errorsIn(reportOcsf(report))).toEqual([]);
    expect(errorsIn(reportOcsf(hostileReport()))).toEqual([]);
  });
  it('holds to the schema of Detection Finding, where that is asked for', () => {
    expect(errorsIn(reportOcsfDetection(report), holdsDetection)).toEqual([]);
    expect(errorsIn(reportOcsfDetection(hostileReport()), holdsDetection)).toEqual([]);
    expect(errorsIn(reportOcsf(report), holdsDetection)).not.toEqual([]);
    const found = JSON.parse(reportOcsfDetection(report));
    expect(found).toMatchObject([
      { class_uid: 2004, status_code: 'FAIL', is_alert: true },
      { class_uid: 2004, status_code: 'FAIL', is_alert: false, status_id: 3 },
      { class_uid: 2004, status_code: 'UNKNOWN', is_alert: false },
    ]);
    expect(found[0].unmapped.compliance).toEqual({ 'House rules': ['1.1'] });
    expect(found[0].finding_info.analytic.uid).toBe('S3.8');
  });
  it('is refused by that schema where something is missing, misspelt or of another kind', () => {
    const [finding] = JSON.parse(reportOcsf(report));
    expect(holds({ ...finding, finding_info: {} })).toBe(false);
    expect(holds({ ...finding, severity_id: 7 })).toBe(false);
    expect(holds({ ...finding, complaince: {} })).toBe(false);
    expect(holds({ ...finding, time: '2026-11-30T08:00:00Z' })).toBe(false);
    expect(holds({ ...finding, cloud: undefined })).toBe(false);
  });
  it('says when in milliseconds, and what is suppressed or unknown', () => {
    const found = JSON.parse(reportOcsf(report));
    expect(found.map((each: { time: number }) => each.time)).toEqual(
      Array(3).fill(Date.parse('2026-11-30T08:00:00Z')),
    );
    expect(
      found.map(
        ({ status_id, compliance }: { status_id: number; compliance: { status_id: number } }) => [
          status_id,
          compliance.status_id,
        ],
      ),
    ).toEqual([
      [1, 3],
      [3, 3],
      [1, 2],
    ]);
    expect(found[0].compliance.requirements).toEqual(['House rules/1.1']);
  });
  it('gives each finding an id of its own, the same each time', () => {
    const ids = (text: string) =>
      JSON.parse(text).map((each: { finding_info: { uid: string } }) => each.finding_info.uid);
    expect(new Set(ids(reportOcsf(report))).size).toBe(3);
    expect(ids(reportOcsf(report))).toEqual(
      ids(reportOcsf(reportFrom([result()]))).concat(ids(reportOcsf(report)).slice(1)),
    );
  });
});

describe('Markdown', () => {
  it('says the three numbers, what failed and what is to attest', () => {
    const text = reportMarkdown(report);
    for (const line of [
      '| Coverage | **33 %** | 1 of 3 requirements assessed |',
      '| Score | **0 %** | 0 of 1 assessed are met |',
      '| Exceptions | **1** | of 10 verdicts, 7 passed |',
      '| 1.1 | ✗ failed | S3.8 |  |',
      '| 1.2 | ✎ to attest |  |  |',
      '### Failed: 1',
      '### Worse: 1',
    ])
      expect(text.split('\n')).toContain(line);
  });
  /** As GitHub reads it. */
  const rendered = (text: string): string =>
    micromark(text, {
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
      allowDangerousHtml: true,
      allowDangerousProtocol: true,
    });
  const ofBlocks =
    /<\/?(?:h[1-6]|ul|ol|li|p|table|thead|tbody|tr|th|td|strong|code|hr)(?: [^>]*)?>/g;

  it('takes no markup, mention or link from somebody else', () => {
    const text = reportMarkdown(hostileReport());
    const page = rendered(text);
    expect(page.replaceAll(ofBlocks, '').match(/<[^>]*>/g)).toBeNull();
    // GitHub looks for mentions, addresses and issues in what is HTML already.
    expect(page).not.toMatch(/@\w|https?:\/\/|www\.|#\d/i);
    expect(page).not.toMatch(/<h\d>four/);
    const rows = [...page.matchAll(/<table>.*?<\/table>/gs)].map(([table]) =>
      table
        .split('</tr>')
        .slice(0, -1)
        .map((row) => row.split(/<\/t[hd]>/).length),
    );
    expect(rows.length).toBeGreaterThan(5);
    // A table keeps its columns.
    for (const table of rows) expect(new Set(table).size).toBe(1);
    expect(text.length < 250_000).toBe(true);
  });

  it.each([
    ...[
      'https://evil.example/x',
      'HTTP://a.b',
      'www.evil.com',
      'WWW.evil.com',
      'wWw.a.com/|x',
      'ftp://x.y',
    ],
    ...[
      'a@evil.com',
      'mailto:a@b.co',
      'xmpp:a@b.c',
      '@admin',
      '#12',
      'owner/repo#12',
      'GH-12',
      'gh-12',
    ],
    ...[
      '`code`',
      '**b**',
      '*b*',
      '__b__',
      '~~s~~',
      '<img src=x>',
      '<https://x.y>',
      '<!-- x',
      '&lt;b&gt;',
      '&#60;b&#62;',
    ],
    ...[
      '[l](http://x)',
      '![i](http://x)',
      '[^1]',
      '[x] done',
      '| a | b |',
      'a\\|b',
      '\\',
      '$x$',
      '$$x$$',
    ],
    ...[
      '1. x',
      '12. x',
      '1) x',
      '- x',
      '+ x',
      '* x',
      '    x',
      '> q',
      '# h',
      '---',
      '===',
      '***',
      '```',
      '~~~',
    ],
  ])('shows %j as that text, in a line, a list and a table', (text) => {
    const said = markdownText(text);
    const pages = [said, `- ${said}`, `| a | b |\n| --- | --- |\n| ${said} | y |`].map(rendered);
    const plain = pages.map((page) =>
      page.replaceAll(/<\/?(?:ul|li|p|table|thead|tbody|tr|th|td)>/g, '').trim(),
    );
    const shown = text
      .trim()
      .replaceAll(
        /[&<>"]/g,
        (one) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[one]};`,
      );
    for (const one of plain.slice(0, 2)) expect(one.replaceAll('\u200B', '')).toBe(shown);
    expect(plain[2]?.replaceAll('\u200B', '')).toBe(`a\nb\n\n\n\n\n${shown}\ny`);
    for (const one of plain) expect(one).not.toMatch(/@\w|#\d|:\/\/|www\.|gh-\d/i);
  });
});

describe('OCSF of both classes', () => {
  it.each([
    ['2003', reportOcsf],
    ['2004', reportOcsfDetection],
  ])('%s writes no character that a terminal obeys, and keeps each text', (_, render) => {
    const text = render(hostileReport());
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    const uids = JSON.parse(text).map(
      ({ resources }: { resources: { uid: string }[] }) => resources[0]?.uid,
    );
    expect(uids).toContain(hostile.html);
    expect(uids).toContain(hostile.bidi);
  });
});

describe('JSON', () => {
  it('names its schema and holds all of it', () => {
    const read = JSON.parse(reportJson(report));
    expect(read.schema).toBe('plumbline-report/1');
    expect(read.failures).toHaveLength(1);
    expect(JSON.parse(reportJson(hostileReport())).failures[0].arn).toBe(hostile.html);
  });
  it('writes no character that a terminal obeys', () => {
    expect(reportJson(hostileReport())).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe('a text of somebody else', () => {
  it.each([
    [hostile.ansi, '�[2J�]0;owned�'],
    [hostile.bidi, 'user�txt.exe�'],
    [hostile.surrogate, 'half �'],
    ['😀 é 漢', '😀 é 漢'],
  ])('%j shows as %s', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});
