import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { compile, type DocumentSource, maxBytes, readableScript } from '../../lib/hosts/compile.ts';
import { auditHost } from '../../lib/hosts/documents/audit-host.ts';
import { documentSources, hostControls, hostDocuments } from '../../lib/hosts/index.ts';
import { quoted } from '../../lib/hosts/quote.ts';
import { sampled } from '../extent.ts';
import { type Report, run, runDocument, withFolder } from './audited.ts';
import { complaints } from './shellcheck.ts';

const source: DocumentSource = {
  name: 'Plumbline-Test',
  description: 'for a test',
  parameters: {},
  parts: [],
  body: ['true'],
  timeoutSeconds: 60,
};

const functionsIn = (script: string): readonly string[] =>
  [...script.matchAll(/^ *(\w+)\(\) *[{(]/gm)].map(([, name = '']) => name);
const calledIn = (script: string): readonly string[] =>
  [
    ...script.matchAll(
      /(?:^|[;|&({!]|\b(?:then|do|else|if|while|until|elif|patiently))[ \t]*(\w+)(?=[\s;)|&]|$)/gm,
    ),
  ].map(([, name = '']) => name);
const functionsOfAll: ReadonlySet<string> = new Set(
  documentSources().flatMap((each) => functionsIn(readableScript(each))),
);
/** What only looks like a call where a document has no such function, or is a call that this document never comes to. */
const noCalls: Readonly<Record<string, string>> = {
  allowed_off: 'only what turns units off comes to it',
  both: 'a word in a pattern',
  install_packages: 'only what names packages comes to it',
  main: 'a word in a text',
  setting: 'a word in SQL',
};

describe.each(documentSources().map((each) => ({ ...each, compiled: compile(each) })))(
  '$name',
  ({ compiled, ...each }) => {
    const document = JSON.parse(compiled.content);
    const [step] = document.mainSteps;
    const lines: readonly string[] = step.inputs.runCommand.join('\n').split('\n');

    test('is a command document for Linux alone', () => {
      expect(document.schemaVersion).toBe('2.2');
      expect(document.mainSteps).toHaveLength(1);
      expect(step.action).toBe('aws:runShellScript');
      expect(step.precondition).toEqual({ StringEquals: ['platformType', 'Linux'] });
    });

    test('starts bash, has room to grow, and nothing that SSM fills in', () => {
      expect(lines[0]).toBe('#!/bin/bash');
      expect(Buffer.byteLength(compiled.content)).toBeLessThanOrEqual(maxBytes);
      expect(compiled.content).not.toContain('{{');
    });

    test('takes parameters as environment variables, each with a pattern that its default matches', () => {
      const parameters: readonly Record<string, string>[] = Object.values(document.parameters);
      for (const { type, interpolationType, allowedPattern = '', default: value } of parameters) {
        expect({ type, interpolationType }).toEqual({
          type: 'String',
          interpolationType: 'ENV_VAR',
        });
        expect(allowedPattern).toMatch(/^\^\(.*\)\$$/);
        expect(value).toMatch(new RegExp(allowedPattern));
      }
    });

    test('has each function once, and each that it calls', () => {
      const script = readableScript(each);
      const own = functionsIn(script);
      expect(own.filter((name, index) => own.indexOf(name) !== index)).toEqual([]);
      const missing = calledIn(script).filter(
        (name) =>
          functionsOfAll.has(name) &&
          !own.includes(name) &&
          !(name in noCalls) &&
          !script.includes(`knows ${name}`),
      );
      expect(missing).toEqual([]);
    });

    test('says its own hash, which changes with its content', () => {
      expect(lines[1]).toBe(`DOCUMENT=${compiled.hash}`);
      const other = compile({ ...each, body: [...each.body, 'true'] });
      expect(other.hash).not.toBe(compiled.hash);
    });

    test('is bash', () => {
      // Of a pipe bash reads one character at a time.
      withFolder((folder) => {
        const file = join(folder, 'script.sh');
        writeFileSync(file, lines.join('\n'));
        const bash = spawnSync('bash', ['-O', 'extglob', '-n', file]);
        expect(bash.stderr.toString()).toBe('');
      });
    });

    test('has nothing that shellcheck complains of', () => {
      expect(complaints(readableScript(each))).toBe('');
    });

    test('stops where the agent passes no environment variables', () => {
      const { status, stdout } = run(lines.join('\n'), { PATH: process.env['PATH'] });
      expect(status).not.toBe(0);
      expect(JSON.parse(stdout).error).toMatch(/^SSM_\w+ is not set: this SSM agent is too old/);
    });
  },
);

test('a document that is too large says how large and what is allowed', () => {
  const body = [`echo ${'x'.repeat(maxBytes)}`];
  expect(() => compile({ ...source, body })).toThrow(
    /^Plumbline-Test has \d{5} bytes; allowed: 61952/,
  );
});

test('a document that SSM would fill in is refused', () => {
  expect(() => compile({ ...source, body: ['echo "{{"'] })).toThrow(/has \{\{ in it/);
});

test('a part that is not there is named', () => {
  expect(() => compile({ ...source, parts: ['kinds/none'] })).toThrow(
    'lib/hosts/shell has no kinds/none.sh',
  );
});

const documents = hostDocuments();
test('the hash that SendCommand compares is that of the content', () => {
  expect(new Set(documents.map(({ sha256 }) => sha256)).size).toBe(documents.length);
  for (const { sha256 } of documents) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

describe('what strangers give', () => {
  const mark = '/tmp/plumbline-was-here';
  const long = 'PL.SSH.1,'.repeat(5_000);
  const attempts: Readonly<Record<string, string>> = {
    'a substitution': `$(touch ${mark})`,
    'an old substitution': `\`touch ${mark}\``,
    'an end of single quotes': `'; touch ${mark}; '`,
    'an end of double quotes': `"; touch ${mark}; "`,
    'a second line': `ssh\ntouch ${mark}`,
    'a second command': `ssh;touch ${mark}`,
    'an index that is evaluated': `a[$(touch ${mark})]`,
    'a parameter of SSM': '{{ssm:secret}}',
    'a parameter of the document': '{{ Areas }}',
    'a path': '../../etc',
    'a list that goes on': 'ssh,',
    'a list without a beginning': ',ssh',
    'a blank in front': ' ssh',
    nothing: '',
    'a pattern': '*',
    'a long list that goes on': long,
    'a long list': `${long}PL.SSH.1`,
  };
  const source = auditHost(hostControls.filter(({ area }) => area === 'ssh'));
  const id = '00000000-0000-0000-0000-000000000000';
  const all = { Areas: 'all', Controls: 'all', Parameters: 'none' };
  const valid = { DryRun: 'yes', RollbackSeconds: '300', Install: 'no', Id: id, COMMAND_ID: id };

  /** A document that reads its environment for each of many, one after the other: bash reads all of its functions first. */
  const attemptedAtOnce = (
    document: DocumentSource,
    environments: readonly Readonly<Record<string, string>>[],
  ) => {
    const body = ['document() {', ...document.body, '}', ...environments.flatMap(attempted)];
    const { stdout } = runDocument({ ...document, body }, ['ROOT=/nonexistent'], {});
    return stdout.split('\0').slice(0, -1);
  };
  const attempted = (environment: Readonly<Record<string, string>>) => [
    '(',
    ...Object.entries(environment).map(([name, value]) => `export SSM_${name}=${quoted(value)}`),
    'document 2>/dev/null',
    ')',
    `printf '%s\\0' "$?"`,
  ];

  // Documents of one kind are written by the same lines: the other areas are shown to be no exception.
  const each = ['a second line', 'a substitution', 'an end of single quotes', 'a long list'];
  const few = sampled(each, { usual: each.length });
  const attemptsOn = ({ name }: DocumentSource) =>
    Object.entries(attempts).filter(
      ([title]) => /^Plumbline-\w+(-ssh)?$/.test(name) || few.includes(title),
    );

  describe.each(documentSources())('$name', (document) => {
    const names = Object.keys(document.parameters);

    test.each(names)('%s: none of them is taken or run', (name) => {
      const [first, ...others] = attemptsOn(document).map(([title, value]) => ({
        title,
        given: { ...all, ...valid, [name]: value },
      }));
      const expectRefused = (title: string | undefined, status: number | null, said: string) => {
        const { error, results }: Report = JSON.parse(said);
        expect([title, status, error]).toEqual([title, 2, expect.stringMatching(`SSM_${name} is`)]);
        expect(error).toMatch(/is not as its allowedPattern asks|is longer than 1024/);
        expect(results).toBeUndefined();
      };
      const { status, stdout } = runDocument(document, ['ROOT=/nonexistent'], first?.given);
      expectRefused(first?.title, status, stdout);
      const said = attemptedAtOnce(
        document,
        others.map(({ given }) => given),
      );
      expect(said).toHaveLength(others.length);
      for (const [index, text] of said.entries())
        expectRefused(others[index]?.title, Number(text.slice(-1)), text.slice(0, -1));
      expect(existsSync(mark)).toBe(false);
    });

    test('SSM itself refuses each of them, but for their length', () => {
      for (const { pattern } of Object.values(document.parameters))
        for (const value of Object.values(attempts))
          if (value.length < 1024) expect(value).not.toMatch(new RegExp(`^(${pattern})$`));
    });
  });

  const given: Readonly<Record<string, readonly [given: Record<string, string>, error: string]>> = {
    'a control that is not there': [
      { Areas: 'ssh', Controls: 'PL.SSH.99' },
      'PL.SSH.99 is no control of the areas ssh',
    ],
    'a control of another area': [
      { Areas: 'kernel', Controls: 'PL.SSH.1' },
      'PL.SSH.1 is no control of the areas kernel',
    ],
    'a parameter that is not there': [
      { Parameters: 'PL.SSH.6.maximum=3' },
      'no parameter is called PL.SSH.6.maximum',
    ],
    'a parameter twice': [
      { Parameters: 'PL.SSH.6.max=3 PL.SSH.6.max=6' },
      'no parameter is called PL.SSH.6.max',
    ],
    'a number that is too large': [
      { Parameters: 'PL.SSH.6.max=7' },
      'PL.SSH.6.max is 7; allowed: 2 to 6',
    ],
    'a word for a number': [{ Parameters: 'PL.SSH.6.max=x' }, 'PL.SSH.6.max is x; allowed: 2 to 6'],
    'a word that is not allowed': [
      { Parameters: 'PL.SSH.1.weakest=yes' },
      'PL.SSH.1.weakest is yes; allowed: no or forced-commands-only or prohibit-password',
    ],
  };
  test.each(Object.entries(given))('%s is named', (_, [parameters, error]) => {
    const { status, stdout } = runDocument(source, ['ROOT=/nonexistent'], parameters);
    expect(status).toBe(2);
    expect(JSON.parse(stdout).error).toBe(error);
  });
});
