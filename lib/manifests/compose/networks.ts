import { Unresolved } from '../../model/unresolved.ts';
import type { JoinedNetwork, PublishedPort } from '../model/compose-service.ts';
import type { Field } from '../model/field.ts';
import { missingIn, type Reading, sureFlag, sureText } from './variables.ts';

const isLoopback = (address: string): boolean =>
  /^(?:127(?:\.\d{1,3}){3}|\[?::1\]?|localhost)$/i.test(address);

const open = (name: string) => new Unresolved(`the value of $${name}`);

/** `[address:][host:]container[/protocol]`; a variable is one part of it. */
const short = (said: Field): PublishedPort => {
  const variables: string[] = [];
  const text = (said.text() ?? '')
    .replace(/\$\{[^}]{0,500}\}|\$\w+/g, (one) => {
      variables.push(one);
      return `<${variables.length - 1}>`;
    })
    .replace(/\/\w+$/, '');
  const address = /^(\[[^\]]*\]):/.exec(text)?.[1] ?? text.split(':').slice(0, -2).join(':');
  // One variable before the port of the container can be an address and a port.
  const decides =
    address === '' && /^<\d+>:/.test(text) ? (/^<\d+>/.exec(text)?.[0] ?? '') : address;
  const [, index] = /<(\d+)>/.exec(decides) ?? [];
  const [name] = index === undefined ? [] : missingIn(variables[Number(index)] ?? '');
  if (name !== undefined) throw open(name);
  return { isLoopback: isLoopback(address), said };
};

const portOf = (said: Field): PublishedPort =>
  typeof said.value === 'object' && said.value !== null
    ? { isLoopback: isLoopback(sureText(said.get('host_ip')) ?? ''), said }
    : short(said);

/** A network by its name in the file. */
const joined = (name: string, said: Field, declared: Field): JoinedNetwork => {
  const network = declared.get(name);
  return {
    name,
    said,
    get isInternal() {
      if (sureFlag(network.get('internal')) === true) return true;
      const external = network.get('external');
      const isExternal = external.keys.length > 0 || sureFlag(external) === true;
      if (isExternal) throw new Unresolved(`whether the network ${name} is internal`);
      return false;
    },
  };
};

/** What a declared network is called in Docker where that is not made of its project: one that is there already, or has a name. */
const nameInDocker = (name: string, declared: Field): string | undefined => {
  const network = declared.get(name);
  const external = network.get('external');
  const isExternal = external.keys.length > 0 || sureFlag(external) === true;
  return (
    sureText(network.get('name')) ??
    sureText(external.get('name')) ??
    (isExternal ? name : undefined)
  );
};
/** Whether a network is that of the host, which has its name in Docker. */
const isOfHost = (name: string, declared: Field): boolean =>
  nameInDocker(name, declared)?.trim() === 'host' ||
  sureText(declared.get(name, 'driver'))?.trim() === 'host';

/** The networks that a service names. */
const namedBy = (service: Field): readonly (readonly [name: string, said: Field])[] => {
  const named = service.get('networks');
  return [...named.items().map((said) => [said.text() ?? '', said] as const), ...named.entries()];
};

/** Where a service names the network of the host. */
export const hostNetworksOf = (
  service: Field,
  declared: Field,
  reading: Reading,
): readonly Field[] => {
  const named = namedBy(service);
  const isInDefault = named.length === 0 && !service.get('network_mode').isSet;
  const all = isInDefault ? [['default', service.get('networks')] as const] : named;
  return all.flatMap(([name, said]) =>
    reading.each([said], () => (isOfHost(name, declared) ? [said] : [])),
  );
};

/** The networks of a service; the default one where it names none. */
export const networksOf = (service: Field, declared: Field): readonly JoinedNetwork[] => {
  if (service.get('network_mode').isSet) return [];
  const all = namedBy(service).map(([name, said]) => joined(name, said, declared));
  return all.length > 0 ? all : [joined('default', service.get('networks'), declared)];
};

/** The ports that a service publishes on its host. */
export const portsOf = (service: Field, reading: Reading): readonly PublishedPort[] =>
  reading.each(service.get('ports').items(), (said) => [portOf(said)]);

/** Whether somebody outside of the host reaches a service. */
export const publishesBeyond = (service: Field, reading: Reading): boolean =>
  portsOf(service, reading).some(({ isLoopback }) => !isLoopback);
