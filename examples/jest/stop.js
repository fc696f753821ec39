export default async function stop() {
  await globalThis.snapstand.close()
}
