"""Canada's sanctions under the Special Economic Measures Act."""
