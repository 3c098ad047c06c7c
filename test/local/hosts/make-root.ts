import { baseRoot } from '../../../lib/local/hosts/base-root.ts';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';

// Makes a root, for tests of machines that cannot; says why not.
try {
  console.log(await baseRoot(debian12));
} catch (error) {
  console.log(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
