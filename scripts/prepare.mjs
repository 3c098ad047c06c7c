// Plain Node without dependencies: it runs before they are installed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const oldestNode = 20;

const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(`${root}/${file}`, 'utf8')).packages;
  } catch {
    return undefined;
  }
};

/** Whether node_modules holds each package of the lockfile in its version. */
const isInstalled = () => {
  const wanted = Object.entries(packagesOf('package-lock.json') ?? {});
  const installed = packagesOf('node_modules/.package-lock.json');
  return wanted.every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional || devOptional || installed?.[path]?.version === version,
  );
};

const stop = (sentence) => {
  console.error(sentence);
  process.exit(1);
};

if (Number(process.versions.node.split('.')[0]) < oldestNode)
  stop(`Plumbline needs Node ${oldestNode} or newer; this is ${process.versions.node}.`);

if (!isInstalled()) {
  console.error('Installing the node modules of package-lock.json …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, error } = spawnSync(npm, ['ci', '--include=dev', '--ignore-scripts'], {
    cwd: root,
    stdio: ['ignore', 2, 'inherit'],
    shell: process.platform === 'win32',
  });
  if (error) stop(`npm could not be started: ${error.message}.`);
  if (status !== 0) stop('npm ci failed; what it said stands above.');
}
