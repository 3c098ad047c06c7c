import { defineControl, notApplicable, propose } from '../../model/control.ts';
import { boolean } from '../../model/parameters.ts';
import { dbCluster } from '../../resources/rds/db-cluster.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import { changeParameter, changesParameters } from './shared/parameter-change.ts';
import { evaluateParameters, evaluateSettings, isSet } from './shared/parameter-in-effect.ts';
import { scramSettingsOf } from './shared/parameter-scram.ts';

export const databaseHashesPasswordsWithScram = defineControl([dbInstance, dbCluster], {
  id: 'PL.RDS.2',
  title: 'PostgreSQL databases should keep passwords with SCRAM, not with MD5',
  severity: 'MEDIUM',
  rationale:
    'An MD5 hash is as good as the password to whoever reads it, and is broken in hours; a SCRAM verifier is neither.',
  standards: { 'nist-800-53-r5': ['IA-5(1)', 'SC-13'], 'pci-dss-4.0.1': ['8.3.2'] },
  needs: ['parameters'],
  parameters: {
    /** Whether a password that is still kept with MD5 must be refused as well. */
    refusesMd5: boolean({ default: false }),
  },
  evaluate: ({ parameters }, { parameters: { refusesMd5 } }) =>
    evaluateParameters(parameters, (inUse) => {
      const settings = scramSettingsOf(inUse, refusesMd5);
      return settings.length === 0
        ? notApplicable(`${inUse.engine} is not PostgreSQL`)
        : evaluateSettings(inUse, settings);
    }),
  remediation: {
    advice:
      'In a parameter group of your own set password_encryption to scram-sha-256 and let every user set the password again; then set rds.accepted_password_auth_method to scram. See first that every client and RDS Proxy can speak SCRAM.',
    url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL_Password_Encryption_configuration.html',
    needs: ['parameterGroup'],
    grants: changesParameters,
    plan(state, place) {
      const { parameters: inUse } = state;
      if (!inUse) return propose('its parameter group was not found');
      const [hashes, refuses] = scramSettingsOf(inUse, place.parameters.refusesMd5);
      // RDS does not show whose password is kept with MD5 still.
      if (!hashes || (refuses && !isSet(inUse, refuses)))
        return propose('every user whose password is kept with MD5 would be locked out');
      return changeParameter(state, place, hashes, {
        risk: 'safe',
        summary: 'keeps passwords that are set from now on with SCRAM',
      });
    },
  },
});
