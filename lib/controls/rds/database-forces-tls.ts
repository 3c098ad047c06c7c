import { defineControl, notApplicable, propose } from '../../model/control.ts';
import { dbCluster } from '../../resources/rds/db-cluster.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import { changeParameter, changesParameters } from './shared/parameter-change.ts';
import { evaluateParameters, evaluateSetting } from './shared/parameter-in-effect.ts';
import { tlsSettingOf } from './shared/parameter-tls.ts';

export const databaseForcesTls = defineControl([dbInstance, dbCluster], {
  id: 'PL.RDS.1',
  title: 'RDS databases should accept no connection without TLS',
  severity: 'MEDIUM',
  rationale:
    'A server that only offers TLS lets a client send its password and data in the clear, where the network can read them.',
  standards: {
    'nist-800-53-r5': ['SC-8', 'SC-8(1)', 'SC-8(2)', 'SC-23', 'SC-23(3)'],
    'pci-dss-4.0.1': ['4.2.1', '8.3.2'],
  },
  needs: ['parameters'],
  evaluate: ({ parameters }) =>
    evaluateParameters(parameters, (inUse) => {
      const setting = tlsSettingOf(inUse);
      return setting
        ? evaluateSetting(inUse, setting)
        : notApplicable(`${inUse.engine} ${inUse.version} has no parameter that forces TLS`);
    }),
  remediation: {
    advice:
      'In a parameter group of your own set rds.force_ssl to 1 (PostgreSQL, SQL Server) or require_secure_transport to ON (MySQL, MariaDB), for a cluster in its cluster parameter group; reboot where it stays pending. See first that every client can speak TLS.',
    url: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html',
    needs: ['parameterGroup'],
    grants: changesParameters,
    plan(state, place) {
      const setting = state.parameters && tlsSettingOf(state.parameters);
      if (!setting) return propose('its parameter group was not found');
      // Whoever speaks TLS by now is served as before; a handshake takes time, and a client that knows none is refused.
      return changeParameter(state, place, setting, {
        risk: 'disruptive',
        summary: `refuses new connections without TLS, by ${setting.name}`,
      });
    },
  },
});
