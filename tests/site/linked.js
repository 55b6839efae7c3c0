// Expands the linked data of every page with the vocabulary that it claims, and lets nothing be dropped on the way.
// usage: NODE_PATH=…/node_modules node linked.js SITE
"use strict";

const fs = require("fs");
const path = require("path");
const jsonld = require("jsonld");

// The terms of schema.org 29 that the pages use: a term that is none of them is dropped, and that is a fault.
const TERMS = [
  "about", "alternateName", "conditionsOfAccess", "contentUrl", "contributor", "creator", "description", "distribution", "encodingFormat",
  "identifier", "inLanguage", "isBasedOn", "isPartOf", "name", "propertyID", "publisher", "spatialCoverage", "temporalCoverage",
  "translationOfWork", "value", "variableMeasured", "workTranslation",
];
const ADDRESSES = ["image", "license", "url"];
const DATES = ["dateCreated", "dateModified", "datePublished"];
const TYPES = ["ArchiveComponent", "Collection", "CreativeWork", "DataDownload", "Dataset", "DefinedTerm", "Organization", "Place", "PropertyValue", "WebSite"];

const context = { schema: "http://schema.org/" };
for (const term of [...TERMS, ...TYPES]) context[term] = { "@id": `schema:${term}` };
for (const term of ADDRESSES) context[term] = { "@id": `schema:${term}`, "@type": "@id" };
for (const term of DATES) context[term] = { "@id": `schema:${term}`, "@type": "schema:Date" };

/** Nothing is fetched: the one context that pages name is this one. */
async function documentLoader(url) {
  if (url !== "https://schema.org") throw new Error(`a page asks for ${url}`);
  return { contextUrl: null, documentUrl: url, document: { "@context": context } };
}

function pages(folder) {
  return fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
}

async function main() {
  const site = process.argv[2];
  let entities = 0;
  const faults = [];
  for (const name of pages(site)) {
    const html = fs.readFileSync(path.join(site, name), "utf8");
    for (const [, block] of html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
      entities += 1;
      try {
        // Safe mode: whatever would be lost is an error.
        const [entity] = await jsonld.expand(JSON.parse(block), { documentLoader, safe: true });
        const type = entity["@type"][0];
        if (!entity["http://schema.org/name"] || !type.startsWith("http://schema.org/")) faults.push(`${name}: ${type} without a name`);
      } catch (error) {
        faults.push(`${name}: ${error.message} ${JSON.stringify(error.details || {})}`);
      }
    }
  }
  faults.slice(0, 12).forEach((fault) => console.log(`FAIL  ${fault}`));
  console.log(`${entities} entities, ${faults.length} faults`);
  process.exit(entities > 0 && faults.length === 0 ? 0 : 1);
}

main();
