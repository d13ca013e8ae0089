/**
 * Who may invoke the functions of a template, and what they may call: its roles, its resource-based
 * policies, and the checks that every template here has to pass.
 */
package rediscover.permissions;
