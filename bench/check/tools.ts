import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../lib/local/hosts/cache.ts';

const run = promisify(execFile);
/** Kept from run to run: an installation takes minutes. */
const cache = cacheFolder('bench');

/** A program of PyPI, in an environment of its own. */
export const fromPypi = async (name: string, version: string): Promise<string> => {
  const home = join(cache, `${name}-${version}`);
  const program = join(home, 'bin', name);
  if (!existsSync(program)) {
    await mkdir(cache, { recursive: true });
    await run('python3', ['-m', 'venv', home]);
    const pip = join(home, 'bin', 'pip');
    await run(pip, ['install', '--quiet', `${name}==${version}`], { maxBuffer: 2 ** 26 });
  }
  return program;
};

export const checkov = (): Promise<string> => fromPypi('checkov', '3.3.30');

const guardPackage = '@cdklabs/cdk-validator-cfnguard';
const guardVersion = '0.0.62';
/** cfn-guard with the rules of Control Tower, as the CDK's plugin for it has them. */
export const cfnGuard = async (): Promise<{ program: string; rules: string }> => {
  const home = join(cache, `cfn-guard-${guardVersion}`);
  const folder = join(home, 'node_modules', ...guardPackage.split('/'));
  if (!existsSync(folder)) {
    await mkdir(home, { recursive: true });
    const args = ['install', '--prefix', home, '--no-save', '--no-audit', '--no-fund'];
    await run('npm', [...args, '--legacy-peer-deps', `${guardPackage}@${guardVersion}`]);
  }
  const architecture = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  return {
    program: join(folder, 'bin', 'ubuntu', architecture, 'cfn-guard'),
    rules: join(folder, 'rules', 'control-tower', 'cfn-guard'),
  };
};
