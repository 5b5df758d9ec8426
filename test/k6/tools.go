//go:build tools

// Package tools names what is built from this module: the k6 that the tests run.
package tools

import _ "go.k6.io/k6"
