// Plain JavaScript that the oldest Node understands: it has to say why the rest would not run there.
const needed = 26;
const found = Number(process.versions.node.split('.')[0]);

if (found < needed) {
  console.error(
    `Node ${needed} or newer is needed, this is ${process.versions.node}. "npm ci" brings one along unless the install ` +
      `script of the package "node" is not allowed to run: run "npm rebuild node", or install Node ${needed}.`,
  );
  process.exit(1);
}
