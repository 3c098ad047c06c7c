import { Unresolved } from '../../../model/unresolved.ts';
import type { Edit } from '../../../templates/edit/tree-edits.ts';
import type { ComposeService, JoinedNetwork } from '../../model/compose-service.ts';
import type { Field } from '../../model/field.ts';
import {
  defineManifestControl,
  departures,
  fault,
  type ManifestControl,
  notApplicable,
} from '../../model/manifest-control.ts';
import type { Repair } from '../../model/repair.ts';
import { networking, publishing } from './pages.ts';
import { dataStoreParameter, isOneOf, isProxy, proxyParameter } from './software.ts';

const beyondHost = ({ ports }: ComposeService) => ports.filter(({ isLoopback }) => !isLoopback);

/** A port as programs of the host alone reach it; `undefined` where a variable is in the way. */
const loopback = ({ value, at }: Field): Edit | undefined => {
  if (typeof value === 'object') return { path: [...at, 'host_ip'], value: '127.0.0.1' };
  const text = String(value);
  const [, ports] =
    /^(?:\[[^\]]*\]:|[\d.]+:(?=[^:]*:))?([\d-]+(?::[\d-]+)?(?:\/\w+)?)$/.exec(text) ?? [];
  if (ports === undefined) return undefined;
  return { path: at, value: ports.includes(':') ? `127.0.0.1:${ports}` : `127.0.0.1::${ports}` };
};
const onLoopback = (ports: readonly Field[]): Repair => {
  const edits = ports.flatMap((one) => loopback(one) ?? []);
  return edits.length === ports.length
    ? {
        edits,
        summary: 'publishes it to the host alone',
        proposal: 'nobody beyond the host reaches it then',
      }
    : { why: 'a variable says where it is published' };
};

/** Those that reach outside. What is known to counts before what is not known. */
const open = (networks: readonly JoinedNetwork[]): readonly JoinedNetwork[] => {
  let unknown: Unresolved | undefined;
  const found = networks.filter((one) => {
    try {
      return !one.isInternal;
    } catch (error) {
      if (!(error instanceof Unresolved)) throw error;
      unknown = error;
      return false;
    }
  });
  if (found.length === 0 && unknown) throw unknown;
  return found;
};

/** Who reaches a service, and whom it reaches. */
export const reach: readonly ManifestControl[] = [
  defineManifestControl('composeService', {
    id: 'PL.COMPOSE.3',
    title: 'Services that publish nothing are in internal networks only',
    severity: 'LOW',
    rationale:
      'Whoever breaks into a service that needs no way out cannot fetch tools or send data away.',
    standards: { 'cis-docker-1.6.0': ['5.30'] },
    evaluate(service) {
      const { networks, networkMode, ports, field } = service;
      if (networkMode === 'none') return departures([]);
      if (networkMode === 'bridge')
        return departures([
          fault(
            field.get('network_mode'),
            'an internal network',
            'it is in the bridge that all containers share',
          ),
        ]);
      if (networkMode !== undefined) return notApplicable('it has the network of something else');
      if (ports.length > 0) return notApplicable('it publishes ports');
      return departures(
        open(networks).map(({ name, said }) =>
          fault(
            said,
            'a network with internal: true',
            `its network ${name} is not internal, so that it reaches outside`,
          ),
        ),
      );
    },
    repair: ({ networks, whyOpen }) => {
      const names = open(networks).map(({ name }) => name);
      const [why] = names.flatMap((name) => whyOpen(name) ?? []);
      if (why !== undefined) return { why };
      if (names.length === 0) return { why: 'declare a network with internal: true for it' };
      return {
        edits: names.map((name) => ({ path: ['networks', name, 'internal'], value: true })),
        summary: `makes ${names.length === 1 ? 'its network' : 'its networks'} internal`,
      };
    },
    remediation: {
      advice: 'Declare a network with internal: true, and name it in networks of the service.',
      url: networking,
    },
  }),
  defineManifestControl('composeService', {
    id: 'PL.COMPOSE.4',
    title: 'Only a proxy publishes ports beyond its host',
    severity: 'MEDIUM',
    rationale: 'Docker opens published ports past the rules of the host’s firewall.',
    standards: { 'cis-docker-1.6.0': ['5.9', '5.14'] },
    parameters: { ...proxyParameter, ...dataStoreParameter },
    evaluate(service, { proxies, dataStores }) {
      const found = beyondHost(service);
      if (found.length === 0) return departures([]);
      if (isProxy(service, proxies)) return departures([]);
      if (isOneOf(service.software, dataStores)) return notApplicable('it is a data store');
      return departures(
        found.map(({ said }) => fault(said, '127.0.0.1', 'a port is published beyond its host')),
      );
    },
    repair: (_, faults) => onLoopback(faults.map(({ said }) => said)),
    remediation: {
      advice:
        'Write 127.0.0.1 before the port, or leave it out and let a proxy in the same network reach the service; name your proxy in the parameter proxies.',
      url: publishing,
    },
  }),
  defineManifestControl('composeService', {
    id: 'PL.COMPOSE.5',
    title: 'No data store publishes ports beyond its host',
    severity: 'HIGH',
    rationale: 'Data stores that can be reached are found within minutes.',
    standards: { 'cis-docker-1.6.0': ['5.9', '5.14'] },
    parameters: dataStoreParameter,
    evaluate(service, { dataStores }) {
      const found = beyondHost(service);
      if (found.length === 0) return departures([]);
      if (!isOneOf(service.software, dataStores)) return notApplicable('it is no known data store');
      return departures(
        found.map(({ said }) => fault(said, '127.0.0.1', 'a port is published beyond its host')),
      );
    },
    repair: (_, faults) => onLoopback(faults.map(({ said }) => said)),
    remediation: {
      advice:
        'Take ports out: services in the same network need none. For people of the host write 127.0.0.1 before it.',
      url: publishing,
    },
  }),
  defineManifestControl('composeService', {
    id: 'PL.COMPOSE.6',
    title: 'No data store shares a network with what publishes ports',
    severity: 'MEDIUM',
    rationale: 'Whoever breaks into what the world reaches then reaches the data.',
    standards: {},
    parameters: dataStoreParameter,
    evaluate(service, { dataStores }) {
      if (!isOneOf(service.software, dataStores)) return notApplicable('it is no known data store');
      return departures(
        service.publishingNeighbours.map(({ name, network }) =>
          fault(
            service.field.get('networks'),
            'a network of its own with what needs it',
            `it shares the network ${network} with ${name}, which publishes ports`,
          ),
        ),
      );
    },
    remediation: {
      advice: 'Give the data store and what needs it a network that the proxy is not in.',
      url: networking,
    },
  }),
];
