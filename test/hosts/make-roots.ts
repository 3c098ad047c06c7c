import { baseRoot } from '../../lib/local/hosts/base-root.ts';
import { debian12, ubuntu2404 } from '../../lib/local/hosts/distributions.ts';
import { whyNoHosts } from '../../lib/local/hosts/trouble.ts';

const say = (sentence: string) => process.stderr.write(`hosts for tests: ${sentence}\n`);

const troubles: Record<string, string> = {};
const trouble = whyNoHosts();
if (trouble !== undefined) say(`skipped: ${trouble}`);
else
  for (const distribution of [debian12, ubuntu2404])
    try {
      await baseRoot(distribution, { onStep: say });
    } catch (error) {
      // Where all of it is to run, a test that is skipped is a test that failed.
      if (process.env['CI'] !== undefined) throw error;
      troubles[distribution.name] = error instanceof Error ? error.message : String(error);
      say(`skipped: ${troubles[distribution.name]}`);
    }
process.stdout.write(JSON.stringify(troubles));
