import type { Control } from '../../model/control.ts';
import { clip } from '../../support/clip.ts';
import { runAs } from '../../support/run-as.ts';
import type { ControlRow, ResourceRow } from '../posture/row.ts';
import { type Notification, subjectFor } from '../remediation/notification.ts';
import { whoFields } from './who.ts';

const mostEvidence = 10;

/** What people are told of a FAIL that cannot wait until somebody looks at Security Hub. */
export const failureNotice = (
  { id, title }: Pick<Control, 'id' | 'title'>,
  { ref }: Pick<ResourceRow, 'ref'>,
  found: ControlRow,
): Notification => {
  const { reason = 'it failed', evidence = [] } = found.verdict;
  const { by, among, call, sourceAddress, eventTime } = whoFields(found);
  const who = by ?? (among && `one of ${among}`) ?? 'it is not known by whom';
  const how = [call, sourceAddress && `from ${sourceAddress}`, eventTime && `at ${eventTime}`];
  return {
    subject: subjectFor(`Plumbline: ${id} failed in ${ref.account} ${ref.region}`),
    message: [
      `${title}: ${reason}.`,
      `By: ${[who, ...how.filter((part) => part)].join(', ')}`,
      ...evidence
        .slice(0, mostEvidence)
        .map(({ path, actual, expected }) =>
          clip(`${path}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`, 500),
        ),
      `See it with: ${runAs(`plan --control ${id} --resource ${ref.id}`)}`,
    ].join('\n'),
  };
};
