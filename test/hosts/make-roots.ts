import { baseRoot } from '../../lib/local/hosts/base-root.ts';
import { debian12, ubuntu2204, ubuntu2404 } from '../../lib/local/hosts/distributions.ts';
import { whyNoHosts } from '../../lib/local/hosts/trouble.ts';

const isNight = process.env['PLUMBLINE_EXTENT'] === 'exhaustive';
const all = [debian12, ubuntu2404, ...(isNight ? [ubuntu2204] : [])];
const only = process.env['PLUMBLINE_DISTRIBUTION'];
const tried = all.filter(({ name }) => only === undefined || name === only);

const say = (sentence: string) => process.stderr.write(`hosts for tests: ${sentence}\n`);

if (tried.length === 0) {
  say(`PLUMBLINE_DISTRIBUTION is ${only}: take ${all.map(({ name }) => name).join(' or ')}`);
  process.exit(1);
}

const troubles: Record<string, string> = {};
const trouble = whyNoHosts();
if (trouble !== undefined) say(`skipped: ${trouble}`);
// At once: one waits for its archive while another unpacks.
else
  await Promise.all(
    tried.map(async (distribution) => {
      try {
        await baseRoot(distribution, { onStep: say });
      } catch (error) {
        // Without a network nothing is wrong with the product: the tests are reported as skipped, with the reason.
        troubles[distribution.name] = error instanceof Error ? error.message : String(error);
        say(`skipped: ${troubles[distribution.name]}`);
      }
    }),
  );
process.stdout.write(JSON.stringify(troubles));
