import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { stripVTControlCharacters } from 'node:util';
import { main } from '../../lib/cli/main.ts';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ours = /^(AWS_|NO_COLOR|FORCE_COLOR|HOME$)/;
const environment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));

type Environment = Readonly<Record<string, string>>;
const nobodys = { HOME: tmpdir(), AWS_EC2_METADATA_DISABLED: 'true' };

/** Runs the command line as a program, with no credentials but those that are given. */
export const program = (args: readonly string[], env: Environment = {}): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['bin/plumbline.cjs', ...args], {
      env: { ...environment(), ...nobodys, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });

/** Runs a command in this process, with no credentials but those that are given: a third of the time of a program. */
export const plumbline = async (args: readonly string[], env: Environment = {}): Promise<Ran> => {
  const before = { ...process.env };
  const become = (all: NodeJS.ProcessEnv) => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, all);
  };
  become({ ...environment(), ...nobodys, ...env });
  try {
    return await inProcess(args);
  } finally {
    become(before);
  }
};

/** Runs a command in this process, in its environment; one at a time where it is given more of that. */
export const inProcess = async (args: readonly string[], env: Environment = {}): Promise<Ran> => {
  const before = { ...process.env };
  Object.assign(process.env, env);
  const said: Record<'log' | 'error', string> = { log: '', error: '' };
  const { log, error } = console;
  const { stdout } = process;
  const write = stdout.write;
  console.log = (text: unknown) => {
    said.log += `${text}\n`;
  };
  console.error = (text: unknown) => {
    said.error += `${text}\n`;
  };
  // What is long is written in pieces.
  stdout.write = (text: unknown) => {
    said.log += String(text);
    return true;
  };
  try {
    const code = await main(args);
    return { code, stdout: stripVTControlCharacters(said.log), stderr: said.error };
  } finally {
    Object.assign(console, { log, error });
    stdout.write = write;
    for (const name of Object.keys(env)) {
      const value = before[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
};
