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
    .replace(/\$\{[^}]*\}|\$\w+/g, (one) => {
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

/** The networks of a service; the default one where it names none. */
export const networksOf = (service: Field, declared: Field): readonly JoinedNetwork[] => {
  if (service.get('network_mode').isSet) return [];
  const named = service.get('networks');
  const items = named.items().map((said) => joined(said.text() ?? '', said, declared));
  const keyed = named.entries().map(([name, said]) => joined(name, said, declared));
  const all = [...items, ...keyed];
  return all.length > 0 ? all : [joined('default', named, declared)];
};

/** The ports that a service publishes on its host. */
export const portsOf = (service: Field, reading: Reading): readonly PublishedPort[] =>
  reading.each(service.get('ports').items(), (said) => [portOf(said)]);

/** Whether somebody outside of the host reaches a service. */
export const publishesBeyond = (service: Field, reading: Reading): boolean =>
  portsOf(service, reading).some(({ isLoopback }) => !isLoopback);
