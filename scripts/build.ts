import { askedOf } from './script-arguments.ts';

askedOf(
  {},
  `Usage: npm run build

Builds what the package has in place of sources: the command line, the stack, and the handlers that it deploys.`,
);
// What builds is loaded only where it is to build.
const { buildPackage } = await import('./build-package.ts');
await buildPackage();
