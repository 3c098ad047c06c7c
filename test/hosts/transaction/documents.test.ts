import { readableScript } from '../../../lib/hosts/compile.ts';
import { confirmHost } from '../../../lib/hosts/documents/confirm-host.ts';
import { hardenHosts } from '../../../lib/hosts/documents/harden-host.ts';
import { rollbackHost } from '../../../lib/hosts/documents/rollback-host.ts';
import { hostControls } from '../../../lib/hosts/index.ts';

const sources = [...hardenHosts(hostControls), confirmHost, rollbackHost];
const verbs = [
  ...['own_file', 'replace_file', 'set_mode', 'set_sysctl', 'reversible', 'own_table'],
  ...['unit_on', 'unit_off', 'activate', 'refuse'],
];

const matches = (script: string, pattern: RegExp) =>
  [...script.matchAll(pattern)].map((match) => match[1] ?? '');

describe.each(sources.map((source) => [source.name, source] as const))('%s', (_, source) => {
  const lines = readableScript(source).split('\n');
  const script = lines.filter((line) => !/^\s*#/.test(line)).join('\n');
  const functions = matches(script, /^([a-z_0-9]+)\(\) [{]/gm);

  test('has what its fixes call', () => {
    const called = verbs.filter((verb) =>
      new RegExp(`(^|[|&;{]|then|\\|\\||do) *${verb} `, 'm').test(script),
    );
    expect(called.filter((verb) => !functions.includes(verb))).toEqual([]);
  });

  test('can take back whatever it writes into its journal, and reload whatever it changes', () => {
    if (!functions.includes('undo_all')) return;
    const undo = matches(script, /\bjournal ([a-z]+) "/g).map((entry) => `undo_${entry}`);
    const reload = matches(script, /\bactivate ([a-z]+)$/gm).map((what) => `reload_${what}`);
    expect([...undo, ...reload].filter((name) => !functions.includes(name))).toEqual([]);
    expect(undo).toContain('undo_file');
  });

  test('names no function twice', () => {
    expect(functions.filter((name, at) => functions.indexOf(name) !== at)).toEqual([]);
  });
});
