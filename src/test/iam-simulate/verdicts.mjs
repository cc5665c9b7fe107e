// Asks the public evaluator what it makes of documents that somebody may have put into IAM.
//
//   node verdicts.mjs MODULES QUESTIONS ANSWERS
//
// QUESTIONS is a list of documents, each a permission policy or a trust policy with the requests to ask about. ANSWERS has for each
// of them the answers in the order of the requests, or "refused" if the evaluator takes it for no policy.
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const [modules, questions, answers] = process.argv.slice(2)
const require = createRequire(`${modules}/`)
const { runSimulation, runUnsafeSimulation } = require('@cloud-copilot/iam-simulate')

async function verdict({ account, document, trust, requests }) {
  const found = []
  for (const { principal, action, resource, context } of requests) {
    const simulation = {
      identityPolicies: trust ? [] : [{ name: 'policy', policy: document }],
      resourcePolicy: trust ? document : undefined,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      request: { principal, action, resource: { resource, accountId: account }, contextVariables: context }
    }
    const response = await runSimulation(simulation, {})
    if (response.resultType === 'error' && response.errors.message === 'policy.errors') return 'refused'
    found.push(response.resultType === 'single' ? response.overallResult : runUnsafeSimulation(simulation, {}))
  }
  return found.join(' ')
}

const all = []
for (const document of JSON.parse(await readFile(questions, 'utf8'))) {
  try {
    all.push(await verdict(document))
  } catch {
    all.push('refused') // it makes no sense of it at all
  }
}
await writeFile(answers, JSON.stringify(all))
