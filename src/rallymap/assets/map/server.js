// Asks our own server for map data; one newer question of a sort ends the older one.

const running = {};

/** Fetch from a route below /map/; resolves to null where a newer question of the same `sort` has come. */
export async function ask(route, query, { sort = null, as = "json" } = {}) {
  const control = new AbortController();
  if (sort) {
    running[sort]?.abort();
    running[sort] = control;
  }
  const url = new URL(`../../map/${route}${query ? `?${query}` : ""}`, document.baseURI);
  try {
    const response = await fetch(url, { signal: control.signal });
    if (!response.ok) throw new Error(await reasonOf(response));
    return as === "json" ? await response.json() : await response.arrayBuffer();
  } catch (error) {
    if (error.name === "AbortError") return null;
    throw error;
  }
}

async function reasonOf(response) {
  try {
    return (await response.json()).error;
  } catch {
    return `the server answered ${response.status}`;
  }
}
