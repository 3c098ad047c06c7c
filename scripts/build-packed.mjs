// npm runs this script, `prepare`, when it packs the folder: for a release, and of a git dependency, which is how
// pre-commit installs the hook. It runs it after `npm ci` and `npm install` in a checkout too, where nothing is to be
// built. Only who packs says from where: `npm_package_resolved` (lib/dir.js of pacote, since npm 8).
import { spawnSync } from 'node:child_process';

if (process.env.npm_package_resolved !== undefined) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
