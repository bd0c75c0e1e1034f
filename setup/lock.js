// Completes package-lock.json so that `npm ci` accepts it everywhere: an optional platform package that the registry lacks
// gets the entry npm leaves out, and no entry keeps the address of a registry. Run by `npm run lock`.
import {readFileSync, writeFileSync} from 'node:fs';
import {posix} from 'node:path';
import {fileURLToPath} from 'node:url';

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];
const libraries = {gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl'};

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const lock = JSON.parse(readFileSync(file, 'utf8'));
const packages = lock.packages;
const added = [];

for (const [parent, {optionalDependencies = {}, dev, devOptional}] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (isInstalled(parent, name)) continue;
    const {os, cpu, libc} = platformOf(name);
    const entry = {version: exact(name, version), cpu, dev, devOptional, libc, optional: true, os}; // in npm's order
    packages[`node_modules/${name}`] = entry; // JSON leaves out what is undefined
    added.push(name);
  }
}
for (const entry of Object.values(packages)) if (/^https?:/.test(entry.resolved ?? '')) delete entry.resolved;

lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'))); // npm's order
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`package-lock.json is complete; added ${added.length ? added.join(', ') : 'nothing'}.\n`);

/** As Node looks for a package: beside the parent's own packages first, then outwards. */
function isInstalled(parent, name) {
  for (let at = parent; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    if (packages[posix.join(at, 'node_modules', name)]) return true;
    if (at === '') return false;
  }
}

function exact(name, version) {
  if (/^\d+\.\d+\.\d+/.test(version)) return version;
  throw new Error(`${name} is missing in package-lock.json and "${version}" is no exact version to write there`);
}

/** `@biomejs/cli-linux-x64-musl` → {os: ['linux'], cpu: ['x64'], libc: ['musl']} */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.map(word => word.replace(/^win(dows)?$/, 'win32')).find(word => systems.includes(word));
  const cpu = words.find(word => processors.includes(word));
  const libc = words.map(word => libraries[word]).find(Boolean);
  if (!os || !cpu) throw new Error(`${name} is missing in package-lock.json and its name tells no platform`);
  return {os: [os], cpu: [cpu], libc: libc && [libc]};
}
