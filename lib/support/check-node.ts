// Imported before all else: what comes after uses what older versions lack. Plain on purpose.
const oldest = 20;
const { node } = process.versions;

if (Number(node.split('.')[0]) < oldest) {
  console.error(`Plumbline needs Node ${oldest} or newer; this is ${node}.`);
  process.exit(2);
}
