import { attempted } from '../../aws/errors.ts';
import { noteFindings } from '../../aws/security-hub.ts';
import { type FindingIdentifier, whereOf } from '../../engine/findings/finding-id.ts';
import { groupsBy } from '../../support/groups.ts';
import type { Runtime } from './runtime.ts';

/** Puts a note on findings; whether it did. What is done, and what is kept, does not wait for Security Hub. */
export const noteOn = async (
  findings: readonly FindingIdentifier[],
  text: string,
  runtime: Pick<Runtime, 'hub'>,
): Promise<boolean> => {
  const hubs = groupsBy(findings, ({ ProductArn }) => ProductArn);
  const noted = await Promise.all(
    [...hubs].map(([ProductArn, some]) =>
      attempted(async () => {
        const hub = await runtime.hub(whereOf({ ProductArn }), 'workflow');
        await noteFindings(hub, some, text);
      }),
    ),
  );
  return noted.every((one) => !('failure' in one));
};
