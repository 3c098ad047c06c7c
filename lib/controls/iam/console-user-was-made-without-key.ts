import { defineControl, fail, pass } from '../../model/control.ts';
import { iamUser } from '../../resources/iam/iam-user.ts';
import { deactivateKeys, keyGrants } from './shared/access-keys.ts';
import { maskedKeyId } from './shared/credentials.ts';

interface Key {
  readonly isActive: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | undefined;
}

/** A form that makes a user with a key makes both at once. */
const atOnceMs = 60_000;

const isOfTheStart = ({ isActive, createdAt, lastUsedAt }: Key, userCreatedAt: Date): boolean =>
  isActive && lastUsedAt === undefined && createdAt.getTime() - userCreatedAt.getTime() <= atOnceMs;

export const consoleUserWasMadeWithoutKey = defineControl(iamUser, {
  id: 'PL.IAM.7',
  title: 'A user with a console password should have no access key that came with the user',
  severity: 'MEDIUM',
  rationale:
    'Keys that were made by the way, and that nobody has asked for or used, lie where nobody looks.',
  standards: { 'cis-aws-1.4.0': ['1.11'], 'cis-aws-3.0.0': ['1.11'], 'cis-aws-5.0.0': ['1.10'] },
  needs: ['createdAt', 'loginProfile', 'accessKeyUse'],
  evaluate({ createdAt, loginProfile, accessKeyUse }) {
    if (!loginProfile) return pass;
    const found = accessKeyUse.filter((key) => isOfTheStart(key, createdAt));
    if (found.length === 0) return pass;
    return fail(
      'the user has an access key that was made together with the user and never used',
      found.map(({ id, createdAt: madeAt }) => ({
        path: `accessKeyUse.${maskedKeyId(id)}.lastUsedAt`,
        actual: `never, since ${madeAt.toISOString()}`,
        expected: 'a key that the user asked for',
      })),
    );
  },
  remediation: {
    advice:
      'Delete the access key. Whoever needs one makes it when it is needed, and gives the reason in its description.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
    needs: ['privileges'],
    grants: keyGrants,
    plan({ createdAt, ...state }, { parameters: _, ...place }) {
      const found = state.accessKeyUse.filter((key) => isOfTheStart(key, createdAt));
      return deactivateKeys(found, state, place);
    },
  },
});
